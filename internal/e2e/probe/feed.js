() => {
  const looks = [...document.querySelectorAll("title, description, subtitle, summary, encoded, content, guid, id")]
    .map((element) => ({ element, name: element.localName, of: element.parentNode.localName, shown: element.checkVisibility() }));
  const page = getComputedStyle(document.documentElement);
  const title = looks.find(({ name, of }) => name === "title" && (of === "channel" || of === "feed"));
  const after = [...document.querySelectorAll("title, description, subtitle")].map((element) => getComputedStyle(element, "::after").content);
  return {
    Shown: [...new Set(looks.filter(({ shown }) => shown).map(({ of, name }) => of + " " + name))].sort().join(", "),
    Explained: after.filter((text) => text.includes("copy the address of this page")).length,
    Titles: looks.filter(({ shown, name, of }) => shown && name === "title" && (of === "item" || of === "entry")).length,
    Size: parseFloat(getComputedStyle(title.element).fontSize),
    Ink: page.color,
    Paper: page.backgroundColor,
    Width: document.documentElement.scrollWidth,
  };
}
