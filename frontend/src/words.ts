// Words that scripts say: the page brings them along in its language (base/parts/script_words.html).

/** The word of this name; a `{n}` in it is replaced. */
export function word(name: string, facts: Record<string, string | number> = {}): string {
  const store = document.querySelector<HTMLTemplateElement>("#script-words");
  const found = store?.content.querySelector(`[data-word="${name}"]`)?.textContent ?? name;
  return Object.entries(facts).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, String(value)),
    found,
  );
}
