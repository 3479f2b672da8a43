package check

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/diag"
)

// The parts of SARIF 2.1.0 that are written: OASIS Static Analysis Results
// Interchange Format, https://docs.oasis-open.org/sarif/sarif/v2.1.0/.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID            string             `json:"id"`
		Short         sarifText          `json:"shortDescription"`
		Help          *sarifText         `json:"help,omitempty"`
		Configuration sarifConfiguration `json:"defaultConfiguration"`
		Properties    *sarifProperties   `json:"properties,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifConfiguration struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifProperties struct {
		Tags []string `json:"tags"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
)

// WriteSARIF writes the report in SARIF 2.1.0, which code hosts and editors
// read.
func (r *Report) WriteSARIF(w io.Writer) error {
	rules, index := sarifRules()
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "bulletin check", Rules: rules}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	lines := lineReader{files: r.Files}
	for _, p := range r.Problems {
		at, known := index[p.Rule]
		if !known {
			at = len(run.Tool.Driver.Rules)
			index[p.Rule] = at
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: p.Rule, Short: sarifText{p.Rule}, Configuration: sarifConfiguration{true, string(p.Severity)}})
		}
		message := p.Text
		if p.Hint != "" {
			message += "\n" + p.Hint
		}
		run.Results = append(run.Results, sarifResult{RuleID: p.Rule, RuleIndex: at, Level: string(p.Severity), Message: sarifText{message},
			Locations: sarifLocations(p), Fingerprints: map[string]string{"bulletin/v1": fingerprint(p, lines.line(p.File, p.Line))}})
	}
	return encode(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

// sarifRules describes all rules, and tells the place of each in the list.
func sarifRules() ([]sarifRule, map[string]int) {
	var list []sarifRule
	index := map[string]int{}
	for _, f := range Families() {
		for _, r := range f.Rules {
			level := string(r.Level)
			if r.Level == config.LevelOff {
				level = "none"
			}
			tags := []string{strings.ToLower(f.Title)}
			if r.Law != "" {
				tags = append(tags, r.Law)
			}
			index[r.Name] = len(list)
			list = append(list, sarifRule{ID: r.Name, Short: sarifText{r.Protects}, Help: &sarifText{r.Cure},
				Configuration: sarifConfiguration{r.Level != config.LevelOff, level}, Properties: &sarifProperties{tags}})
		}
	}
	for _, p := range BuildProblems {
		index[p.Name] = len(list)
		list = append(list, sarifRule{ID: p.Name, Short: sarifText{p.About}, Configuration: sarifConfiguration{true, "error"}, Properties: &sarifProperties{[]string{"build"}}})
	}
	return list, index
}

func sarifLocations(p diag.Problem) []sarifLocation {
	if p.File == "" {
		return nil
	}
	location := sarifPhysical{Artifact: sarifArtifact{URI: (&url.URL{Path: p.File}).String(), BaseID: "%SRCROOT%"}}
	if p.Line > 0 {
		location.Region = &sarifRegion{p.Line, max(p.Col, 1)}
	}
	return []sarifLocation{{location}}
}

// fingerprint knows a finding again when lines were added above it.
func fingerprint(p diag.Problem, line string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(p.Rule+"\x00"+p.File+"\x00"+strings.TrimSpace(line))))[:32]
}
