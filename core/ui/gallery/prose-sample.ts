/** Every construct that a model writes. */
export const proseSample = `# What changes

The job becomes a consumer keyed on \`(tenant, period)\`. A unique index makes a **second run** a no-op, so retries are *safe* even
when a worker dies ~~before~~ after charging, as [the ledger](https://example.org/ledger) shows.[^1]

## Steps

1. Create the queue
2. Move the job
   - keep the lock
   - keep the log
3. Watch it for a night

- [x] index
- [ ] dashboard panel, press <kbd>Ctrl</kbd> + <kbd>K</kbd>, H<sub>2</sub>O

\`\`\`typescript
export async function runInvoice(job: Job): Promise<Result> {
  // One lock per tenant and period.
  const lock = await db.claim(\`inv:\${job.tenant}:\${job.period}\`, { ttlSeconds: 300 });
  if (!lock) return 'already-done';
  return charge(job, lock);
}
\`\`\`

| Step | Before | After |
|:-----|:------:|------:|
| claim | cron at 02:00, one host, no retry | 12 ms |
| charge | 340 ms | 338 ms |
| acknowledge | none | 4 ms |

> A lease that is not renewed is a lock that somebody else may hold.
>
> > So check the fence token.

### Cost

It costs $5 to $10 a month. With $n$ tenants the wait is \\(w = \\frac{n}{2\\mu}\\), and in full

$$
\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2} \\qquad \\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}
$$

![a chart](https://images.example.org/chart.png)

<details>
<summary>Why not cron?</summary>

It has **no** retry.

\`\`\`python
def main() -> None:
    print("hello")
\`\`\`

</details>

---

<script>alert(1)</script>

\`\`\`sql
select tenant, period, count(*) from invoices where state = 'paid' and charged_at between '2026-01-01' and '2026-12-31' group by 1, 2 having count(*) > 1;
\`\`\`

\`\`\`go
package main

import (
	"fmt"
	"sync"
)

type Queue struct {
	mu    sync.Mutex
	items []string
}

func (q *Queue) Push(item string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
}

func main() {
	queue := &Queue{}
	for i := 0; i < 10; i++ {
		queue.Push(fmt.Sprintf("item %d", i))
	}
	fmt.Println(len(queue.items))
}
\`\`\`

[^1]: The ledger keeps one row per charge.
`;

/** The other direction, with code that stays as it is. */
export const rightToLeftSample = `## ماذا يتغير

تصبح المهمة مستهلكًا بالمفتاح \`(tenant, period)\`. فهرس فريد يجعل التشغيل الثاني بلا أثر.

- أولًا: إنشاء الطابور
- ثانيًا: نقل المهمة

\`\`\`bash
npm run start -- --port 3080
\`\`\`
`;
