// Gives the mean number of characters in a line of running text. The last line
// of a paragraph counts as half a line.
() => {
  let characters = 0, lines = 0;
  for (const paragraph of document.querySelectorAll(".prose > p")) {
    const height = paragraph.getBoundingClientRect().height;
    const count = Math.round(height / parseFloat(getComputedStyle(paragraph).lineHeight));
    if (count < 3) continue;
    characters += paragraph.innerText.length;
    lines += count - 0.5;
  }
  return lines === 0 ? 0 : characters / lines;
}
