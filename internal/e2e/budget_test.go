package e2e

import (
	"errors"
	"fmt"
	"testing"
)

// What a page may weigh, in bytes. The page is weighed as it comes over the
// wire, without its pictures; the style sheet and the scripts before they are
// compressed.
const (
	pageBudget   = 40 << 10
	styleBudget  = 14 << 10
	scriptBudget = 6 << 10
)

// weight is what a page weighs, and how much of it moved while it was loaded.
type weight struct {
	Bytes   int     `json:"bytes"`
	Styles  int     `json:"styles"`
	Scripts int     `json:"scripts"`
	Sheets  int     `json:"sheets"`
	Shift   float64 `json:"shift"`
}

// heavy says what of a page is more than it may be.
func heavy(w weight) error {
	var faults []error
	for _, part := range []struct {
		name        string
		got, budget int
	}{{"the page", w.Bytes, pageBudget}, {"the style sheet", w.Styles, styleBudget}, {"the scripts", w.Scripts, scriptBudget}} {
		if part.got > part.budget {
			faults = append(faults, fmt.Errorf("%s: %d bytes of %d", part.name, part.got, part.budget))
		}
		if part.got == 0 {
			faults = append(faults, fmt.Errorf("%s was not weighed", part.name))
		}
	}
	if w.Sheets != 1 {
		faults = append(faults, fmt.Errorf("%d style sheets", w.Sheets))
	}
	return errors.Join(append(faults, jumps(w))...)
}

func jumps(w weight) error {
	if w.Shift > 0 {
		return fmt.Errorf("its layout shifted by %.3f", w.Shift)
	}
	return nil
}

func TestEveryKindOfPageKeepsToItsBudgetAndNothingInItJumps(t *testing.T) {
	everySample(t, func(tab *tab, look look) error {
		w, err := evaluate[weight](tab, probe("weight"))
		if err != nil {
			return err
		}
		return heavy(w)
	})
}
