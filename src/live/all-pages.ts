/** The items of all pages of a list. */
export async function allPages<Page, Item>(
  pages: AsyncIterable<Page>, itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) {
    items.push(...itemsOf(page) ?? []);
  }
  return items;
}
