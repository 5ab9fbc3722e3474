/** Hands a text to the browser as a file. */
export function saveFile(name: string, text: string, type = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name.replace(/[^\w.-]/g, '_');
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
