package calendar

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/teambition/rrule-go"

	_ "time/tzdata" // the tests need zones on every machine
)

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// zones have clocks that change by each kind of rule that there is, and some
// that have none.
var zones = []string{
	"Europe/London", "Europe/Brussels", "Europe/Athens", "Europe/Moscow", "Europe/Istanbul",
	"Europe/Dublin",       // winter is the exception
	"Europe/Chisinau",     // changes by the clock of the place
	"America/New_York",    // the second Sunday
	"America/Nuuk",        // the day before the last Sunday
	"America/Santiago",    // at midnight, after the first Saturday
	"America/Asuncion",    // gave its changes up in 2024
	"America/Sao_Paulo",   // gave its changes up in 2019
	"America/Havana",      // at midnight
	"America/St_Johns",    // half an hour
	"Australia/Lord_Howe", // changes by half an hour
	"Australia/Sydney",    // summer at the turn of the year
	"Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Norfolk",
	"Africa/Cairo",      // the day after a last Thursday, which can be in the next month
	"Africa/Casablanca", // by the moon
	"Asia/Jerusalem",    // the Friday before a Sunday
	"Asia/Gaza", "Asia/Beirut", "Asia/Tehran", "Asia/Kolkata", "Asia/Tokyo", "Antarctica/Troll", "Etc/GMT+5", "UTC",
}

// TestTimeZonesEqualTheZoneDatabase expands the rules of each VTIMEZONE with
// an independent reader and an independent expander, and compares what clocks
// show with the zone database at many instants of ten years and more.
func TestTimeZonesEqualTheZoneDatabase(t *testing.T) {
	for _, name := range zones {
		for _, year := range []int{1965, 1993, 2005, 2020, 2026, 2035} {
			zone := load(t, name)
			first, last := time.Date(year, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(year+10, 12, 1, 0, 0, 0, 0, time.UTC)
			z := patternOf(zone).timezone(first, last)
			parsed := parseZone(t, z)
			for _, at := range instants(zone, first, last) {
				wantName, want := at.In(zone).Zone()
				gotName, got := parsed.at(at)
				if got != want || gotName != wantName {
					t.Errorf("%s from %d: at %v, clocks are at %d (%s), but the calendar says %d (%s)\n%s", name, year, at, want, wantName, got, gotName, zoneText(z))
					break
				}
			}
		}
	}
}

// instants gives some at random, and those around each change of clocks.
func instants(zone *time.Location, first, last time.Time) []time.Time {
	random := rand.New(rand.NewPCG(3, uint64(first.Unix())))
	list := []time.Time{first, last}
	for range 1000 {
		list = append(list, first.Add(time.Duration(random.Int64N(int64(last.Sub(first))))).Truncate(time.Second))
	}
	const step = 12 * time.Hour
	offset := func(t time.Time) int { _, offset := t.In(zone).Zone(); return offset }
	for t := first; t.Before(last); t = t.Add(step) {
		if before := offset(t); before != offset(t.Add(step)) {
			n := sort.Search(int(step/time.Minute), func(n int) bool { return offset(t.Add(time.Duration(n)*time.Minute)) != before })
			at := t.Add(time.Duration(n) * time.Minute)
			list = append(list, at.Add(-time.Second), at, at.Add(time.Second), at.Add(time.Hour))
		}
	}
	return list
}

// parsedZone has the onsets of a VTIMEZONE in order.
type parsedZone []onset

type onset struct {
	at     time.Time
	offset int
	name   string
}

// at gives what clocks show: that which began last.
func (z parsedZone) at(t time.Time) (name string, offset int) {
	i, found := slices.BinarySearchFunc(z, t, func(o onset, t time.Time) int { return o.at.Compare(t) })
	if !found {
		i--
	}
	if i < 0 {
		return "nothing", 0
	}
	return z[i].name, z[i].offset
}

func zoneText(z timezone) string {
	var l lines
	z.write(&l)
	return l.b.String()
}

func parseZone(t testing.TB, z timezone) parsedZone {
	t.Helper()
	calendar, err := ics.ParseCalendar(bytes.NewReader(view{Zones: []timezone{z}}.bytes()))
	if err != nil {
		t.Fatal(err)
	}
	list := calendar.Timezones()
	if len(list) != 1 {
		t.Fatalf("%d time zones", len(list))
	}
	return onsets(t, list[0])
}

// onsets expands the rules of a time zone, by clocks that know no zones.
func onsets(t testing.TB, zone *ics.VTimezone) parsedZone {
	t.Helper()
	var all parsedZone
	for _, part := range zone.SubComponents() {
		properties := map[string][]string{}
		for _, p := range part.UnknownPropertiesIANAProperties() {
			properties[p.IANAToken] = append(properties[p.IANAToken], p.Value)
		}
		from, to := seconds(t, properties["TZOFFSETFROM"][0]), seconds(t, properties["TZOFFSETTO"][0])
		var walls []time.Time
		for _, text := range append(properties["DTSTART"], properties["RDATE"]...) {
			wall, err := time.Parse(wallForm, text)
			if err != nil {
				t.Fatal(err)
			}
			walls = append(walls, wall)
		}
		for _, text := range properties["RRULE"] {
			option, err := rrule.StrToROption(text)
			if err != nil {
				t.Fatal(err)
			}
			option.Dtstart = walls[0]
			rule, err := rrule.NewRRule(*option)
			if err != nil {
				t.Fatal(err)
			}
			expanded := rule.Between(walls[0], time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC), true)
			if len(expanded) == 0 || !expanded[0].Equal(walls[0]) {
				t.Fatalf("DTSTART %v is not an onset by the rule %s", walls[0], text)
			}
			walls = append(walls, expanded...)
		}
		for _, wall := range walls {
			all = append(all, onset{wall.Add(-time.Duration(from) * time.Second), to, properties["TZNAME"][0]})
		}
	}
	slices.SortFunc(all, func(a, b onset) int { return a.at.Compare(b.at) })
	return slices.Compact(all)
}

func seconds(t testing.TB, offset string) int {
	t.Helper()
	for form, zone := range map[string]string{"-0700": offset, "-070000": offset} {
		if parsed, err := time.Parse(form, zone); err == nil {
			_, seconds := parsed.Zone()
			return seconds
		}
	}
	t.Fatalf("%q is not an offset", offset)
	return 0
}

func TestTimeZoneOfLondonIsTwoRules(t *testing.T) {
	got := zoneText(patternOf(load(t, "Europe/London")).timezone(time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)))
	want := strings.Join([]string{
		"BEGIN:VTIMEZONE", "TZID:Europe/London",
		"BEGIN:DAYLIGHT", "DTSTART:19960331T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
		"BEGIN:STANDARD", "DTSTART:19961027T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
		"END:VTIMEZONE", "",
	}, "\r\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTimeZoneOfLongAgoBeginsWithTheChangeBeforeTheFirstEvent(t *testing.T) {
	z := patternOf(load(t, "America/New_York")).timezone(time.Date(2005, 1, 15, 0, 0, 0, 0, time.UTC), time.Date(2005, 1, 15, 0, 0, 0, 0, time.UTC))
	var got []string
	for _, o := range z.Observances {
		got = append(got, strings.Join(append(o.Onsets, o.Rule), " "))
	}
	want := []string{
		"20041031T020000 20051030T020000 20061029T020000 ", "20050403T020000 20060402T020000 ",
		"20070311T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "20071104T020000 FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRulesOfTimeZones(t *testing.T) {
	for zone, want := range map[string][]string{
		"America/New_York": {"FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"},
		"Europe/Dublin":    {"FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"},
		"Asia/Jerusalem":   {"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"},
		"Africa/Cairo": {
			"FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR",
			"FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1;BYDAY=FR",
		},
		"Asia/Tokyo": nil,
	} {
		var got []string
		for _, r := range patternOf(load(t, zone)).rules {
			got = append(got, r.text())
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", zone, diff)
		}
	}
}

func TestDaylightIsTheTimeThatIsAhead(t *testing.T) {
	for _, name := range []string{"Europe/London", "Europe/Dublin", "Australia/Sydney"} {
		for _, o := range patternOf(load(t, name)).timezone(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Time{}).Observances {
			if o.Daylight != (o.To > o.From) {
				t.Errorf("%s: from %d to %d, daylight: %t", name, o.From, o.To, o.Daylight)
			}
		}
	}
}

// TestTimeZonesDoNotDependOnTheirEvents holds for all but events of long ago:
// a calendar changes only where its events do.
func TestTimeZonesDoNotDependOnTheirEvents(t *testing.T) {
	for _, name := range []string{"Europe/London", "America/New_York", "Asia/Kolkata", "Africa/Casablanca"} {
		p := patternOf(load(t, name))
		want := p.timezone(time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 12, 2, 0, 0, 0, 0, time.UTC))
		for _, years := range []int{0, 3, 9} {
			got := p.timezone(time.Date(2025, 11, 20, 0, 0, 0, 0, time.UTC), time.Date(2025+years, 12, 2, 0, 0, 0, 0, time.UTC))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	}
}

func BenchmarkPatternOf(b *testing.B) {
	zone := load(b, "Europe/London")
	for b.Loop() {
		patternOf(zone)
	}
}
