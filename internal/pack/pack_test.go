package pack

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
)

type inner struct {
	Name   string
	hidden int
}

type sample struct {
	Yes      bool
	Small    int8
	Big      int64
	Unsigned uint64
	Float    float64
	Text     string
	Repeated [3]string
	Sum      [4]byte
	Bytes    []byte
	Empty    []string
	Nested   []inner
	Pointer  *inner
	inner
	hidden *inner
	Time   time.Time
	Times  []time.Time
	Zone   *time.Location
	Out    func() `pack:"-"`
}

func london(t testing.TB) *time.Location {
	t.Helper()
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func whole(t testing.TB) sample {
	zone := london(t)
	return sample{
		Yes: true, Small: -128, Big: math.MinInt64, Unsigned: math.MaxUint64, Float: -1.5, Text: "content/articles/a.md",
		Repeated: [3]string{"content/articles/a.md", "short", ""}, Sum: [4]byte{1, 2, 3, 0}, Bytes: []byte{0, 255}, Empty: []string{},
		Nested: []inner{{}, {Name: "content/articles/a.md", hidden: -1}, {hidden: 1 << 40}}, Pointer: &inner{}, hidden: &inner{hidden: 3},
		inner: inner{Name: "embedded"},
		Time:  time.Date(2025, 9, 23, 10, 0, 0, 5, zone),
		Times: []time.Time{
			{}, time.Date(2025, 12, 23, 10, 0, 0, 0, zone), time.Date(-3000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.FixedZone("", 5400)),
			time.Date(2025, 1, 1, 0, 0, 0, 0, time.FixedZone("Europe/London", 60)), time.Date(2025, 12, 23, 10, 0, 0, 0, zone),
		},
		Zone: zone,
	}
}

// same compares what a reader of the values can tell apart.
func same(a, b sample) bool {
	if len(a.Times) != len(b.Times) {
		return false
	}
	sameTime := func(a, b time.Time) bool {
		name, offset := a.Zone()
		otherName, otherOffset := b.Zone()
		return a.Equal(b) && name == otherName && offset == otherOffset && a.Location().String() == b.Location().String()
	}
	for i := range a.Times {
		if !sameTime(a.Times[i], b.Times[i]) {
			return false
		}
	}
	if !sameTime(a.Time, b.Time) || (a.Zone == nil) != (b.Zone == nil) || a.Zone.String() != b.Zone.String() {
		return false
	}
	a.Time, b.Time, a.Times, b.Times, a.Zone, b.Zone = time.Time{}, time.Time{}, nil, nil, nil, nil
	return reflect.DeepEqual(a, b)
}

func TestWhatIsReadIsWhatWasWritten(t *testing.T) {
	for name, want := range map[string]sample{"nothing": {}, "all": whole(t)} {
		t.Run(name, func(t *testing.T) {
			packed := Append([]byte("before"), &want)
			var got sample
			rest, err := Read(strings.TrimPrefix(string(packed), "before")+"after", &got)
			if err != nil || rest != "after" {
				t.Fatalf("read with rest %q, error %v", rest, err)
			}
			if !same(got, want) {
				t.Errorf("read %+v\nwrote %+v", got, want)
			}
		})
	}
}

func TestWhatIsRepeatedIsWrittenOnce(t *testing.T) {
	long := strings.Repeat("x", 1000)
	if n := len(Append(nil, &[]string{long, long, long})); n > 1100 {
		t.Errorf("three times the same text take %d bytes", n)
	}
}

func TestWhatIsDamagedIsNotRead(t *testing.T) {
	from := whole(t)
	packed := string(Append(nil, &from))
	for n := range packed {
		var into sample
		if _, err := Read(packed[:n], &into); !errors.Is(err, ErrDamaged) {
			t.Fatalf("after %d of %d bytes the error is %v", n, len(packed), err)
		}
	}
}

func TestWhatIsNoPlainDataIsRefused(t *testing.T) {
	type loop struct{ Next *loop }
	for name, from := range map[string]any{
		"a function": &struct{ F func() }{}, "a map": &map[string]int{}, "an interface": &struct{ A any }{}, "a channel": &struct{ C chan int }{}, "a loop": &loop{},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("it is written")
				}
			}()
			Append(nil, from)
		})
	}
}

func FuzzRead(f *testing.F) {
	from := whole(f)
	f.Add(string(Append(nil, &from)))
	f.Add(string(Append(nil, &sample{})))
	f.Fuzz(func(t *testing.T, s string) {
		var first, second sample
		if _, err := Read(s, &first); err != nil || math.IsNaN(first.Float) {
			return
		}
		if _, err := Read(string(Append(nil, &first)), &second); err != nil {
			t.Fatal(err)
		}
		if !same(first, second) {
			t.Errorf("read %+v, and again %+v", first, second)
		}
	})
}
