// Runs axe-core, which has been loaded before, on the page. The rules are
// those for WCAG 2.2 at the levels A and AA, and what is good practice beyond.
async () => {
  const result = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "target-size": { enabled: true } }, // which is off otherwise
    resultTypes: ["violations", "incomplete"],
  });

  function describe(finding) {
    const places = finding.nodes.map((node) => {
      const checks = [...node.any, ...node.all, ...node.none].map((check) => check.message);
      return `${node.target.join(" ")}: ${checks.join("; ")}`;
    });
    return { rule: finding.id, help: finding.help, places };
  }

  return {
    passed: result.passes.length,
    violations: result.violations.map(describe),
    undecided: result.incomplete.map(describe),
  };
}
