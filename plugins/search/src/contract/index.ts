/** What others may know of search. */
export { searchContract } from './operations.ts';
export { FoundConversation, FoundRecord, IndexState, SEARCH_MANAGE, SearchResult, SnippetPiece } from './schemas.ts';
