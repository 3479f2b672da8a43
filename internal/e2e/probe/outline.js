// The text of a page as it is read, and what holds it together.
() => ({
  text: document.body.innerText,
  headings: [...document.querySelectorAll("h1")].map((heading) => heading.innerText),
  mains: document.querySelectorAll("main").length,
  language: document.documentElement.lang,
  title: document.title,
})
