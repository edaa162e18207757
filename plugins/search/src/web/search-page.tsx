/** Where a person searches in all conversations. */
export function SearchPage() {
  return <h1>Search</h1>;
}
