package output

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"
)

type (
	tag   string
	label string
	pair  struct{ A, B string }
	// twin has the fields of pair under another name.
	twin   struct{ A, B string }
	hidden struct {
		when time.Time
		keys *shared
		any  any
		html template.HTML
	}
	date time.Time
	node struct {
		Name   string
		Parent *node
		Kids   []*node
		Any    any
	}
	shared   struct{ name string }
	embedder struct {
		shared
		Title string
	}
	valueKeyed struct{ K Key }
	list       []list
	view       struct {
		Nav []struct{ Render func() }
	}
)

func (s *shared) Key() Key    { return KeyOf(s.name) }
func (v valueKeyed) Key() Key { return v.K }

func london(t testing.TB) *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zones on this machine")
	}
	return l
}

func TestDifferentValuesHaveDifferentKeys(t *testing.T) {
	instant := time.Date(2025, 1, 8, 10, 0, 0, 0, time.UTC)
	loop := &node{Name: "loop"}
	loop.Parent = loop
	long := &node{Name: "loop"}
	long.Parent = &node{Name: "loop", Parent: long}
	values := []any{
		nil, "", "a", tag("a"), label("a"), template.HTML("a"), []byte("a"), json.RawMessage("a"), [1]byte{'a'}, 'a',
		false, true, 0, 1, -1, int8(1), int64(1), uint(1), uint8(1), uintptr(1), 1.0, float32(1), 0.0, math.Copysign(0, -1), complex(1, 0), complex(0, 1),
		[]string(nil), []string{}, []string{""}, []string{"", ""}, []string{"ab", "c"}, []string{"a", "bc"}, []string{"abc"}, []string{"a", "b", "c"},
		[2]string{"ab", "c"}, [2]string{"a", "bc"}, []any{"ab", "c"}, []any{"a", "bc"}, []any{"a", []any{"b"}}, []any{[]any{"a"}, "b"}, []any{nil}, []any{},
		[]tag{"a"}, []label{"a"}, []byte(nil), []byte{}, []byte{0}, []byte{0, 0}, [][]byte{{}, {}}, [][]byte{{0}}, [][]byte{nil},
		map[string]string(nil), map[string]string{}, map[string]string{"a": "b"}, map[string]string{"b": "a"}, map[string]string{"a": "b", "c": "d"},
		map[string]string{"a": "d", "c": "b"}, map[tag]string{"a": "b"}, map[string]any{"a": "b"}, map[string]any{"a": tag("b")}, map[pair]int{{"a", "b"}: 1}, map[pair]int{{"b", "a"}: 1},
		pair{}, pair{A: "a"}, pair{B: "a"}, pair{"ab", "c"}, pair{"a", "bc"}, twin{"a", "bc"}, &pair{"a", "bc"}, (*pair)(nil), (*twin)(nil),
		struct{ A string }{"a"}, struct{ B string }{"a"}, struct{ a string }{"a"}, struct{ A tag }{"a"}, struct{ A *string }{}, struct{ A any }{}, struct{}{},
		struct {
			A []string
			B []int
			C []string
		}{}, struct {
			A []string
			B []int
			C []int
		}{},
		hidden{}, hidden{when: instant}, hidden{any: 1}, hidden{any: "1"}, hidden{html: "x"}, hidden{keys: &shared{}}, hidden{keys: &shared{"x"}},
		instant, instant.Add(1), instant.In(london(t)), instant.In(time.FixedZone("GMT", 0)), instant.In(time.FixedZone("BST", 3600)), instant.AddDate(0, 6, 0).In(london(t)),
		time.Time{}, date(instant), &instant, time.UTC, london(t), time.Duration(1), time.January,
		&node{}, &node{Kids: []*node{}}, &node{Kids: []*node{nil}}, &node{Kids: []*node{{}}}, &node{Parent: &node{}}, loop, long, &node{Name: "loop", Parent: loop}, &node{Any: loop},
		list{}, list{{}}, list{{}, {}}, list{{{}}},
		shared{}, shared{"a"}, embedder{shared: shared{"a"}}, embedder{shared{"a"}, "b"}, embedder{shared{"a"}, "c"}, embedder{shared{"b"}, "b"},
		valueKeyed{KeyOf("a")}, valueKeyed{KeyOf("b")}, KeyOf("a"), KeyOf("b"),
	}
	seen := map[Key]int{}
	for i, v := range values {
		key := KeyOf(v)
		if j, ok := seen[key]; ok {
			t.Errorf("%T %#v (%d) has the key of %T %#v (%d)", v, v, i, values[j], values[j], j)
		}
		seen[key] = i
		if again := KeyOf(v); again != key {
			t.Errorf("%T %#v: second key differs", v, v)
		}
	}
}

func TestEqualContentHasEqualKeys(t *testing.T) {
	ring := func() *node {
		parent := &node{Name: "parent"}
		for i := range 20 {
			parent.Kids = append(parent.Kids, &node{Name: fmt.Sprint(i), Parent: parent, Any: parent})
		}
		return parent
	}
	one, two := "x", "x"
	now := time.Now()
	pointers := func() map[*int]string {
		a, b, c := 1, 1, 2
		return map[*int]string{&a: "first", &b: "second", &c: "third"}
	}
	tests := map[string][2]any{
		"pointers":             {&one, &two},
		"pointers as map keys": {pointers(), pointers()},
		"monotonic clock":      {now, now.Round(0)},
		"rings":                {ring(), ring()},
		"interfaces":           {[]any{&one, pair{"a", "b"}, []byte("x")}, []any{&two, pair{"a", "b"}, []byte("x")}},
		"capacity":             {make([]int, 2, 9), make([]int, 2)},
		"blank fields": {struct {
			_ [0]func()
			A int
		}{A: 1}, struct {
			_ [0]func()
			A int
		}{A: 1}},
	}
	for name, test := range tests {
		if KeyOf(test[0]) != KeyOf(test[1]) {
			t.Errorf("%s: keys differ", name)
		}
	}
}

func TestKeyDoesNotDependOnMapOrder(t *testing.T) {
	m := map[string]map[int]string{}
	for i := range 50 {
		m[fmt.Sprint(i)] = map[int]string{i: "a", i + 1: "b", i + 2: "c"}
	}
	want := KeyOf(m)
	for range 20 {
		if KeyOf(m) != want {
			t.Fatal("key differs between runs")
		}
	}
}

// Keys are kept from one run of the program to the next. If this test fails
// because the encoding was changed on purpose, each site is once made anew.
func TestKeyIsTheSameInEachRun(t *testing.T) {
	view := hidden{when: time.Date(2025, 9, 23, 10, 0, 0, 0, time.UTC), keys: &shared{"x"}, any: map[string]any{"b": 1, "a": []any{nil, 2.5}}, html: "<p>"}
	if got, want := KeyOf(view).String(), "af63e604fc841a7db264a00109644c4c"; got != want {
		t.Errorf("key is %s, was %s", got, want)
	}
}

// random gives a value of small range, so that equal ones are met as well.
func random(r *rand.Rand, depth int) any {
	words := []string{"", "a", "b", "ab"}
	switch k := r.IntN(9); {
	case k == 0 || depth == 0:
		return words[r.IntN(len(words))]
	case k == 1:
		return r.IntN(3)
	case k == 2:
		return pair{words[r.IntN(4)], words[r.IntN(4)]}
	case k == 3:
		return []byte(words[r.IntN(4)])
	case k == 4:
		return &pair{words[r.IntN(4)], ""}
	case k == 5:
		m := map[string]any{}
		for range r.IntN(3) {
			m[words[r.IntN(4)]] = random(r, depth-1)
		}
		return m
	case k == 6:
		return &node{Name: words[r.IntN(4)], Any: random(r, depth-1)}
	default:
		var s []any
		for range r.IntN(4) {
			s = append(s, random(r, depth-1))
		}
		return s
	}
}

func TestKeysAreEqualJustWhenValuesAre(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	equal := 0
	for range 300_000 {
		v, w := random(r, 2), random(r, 2)
		same := reflect.DeepEqual(v, w)
		if same != (KeyOf(v) == KeyOf(w)) {
			t.Fatalf("equal values: %v; equal keys: %v\n%#v\n%#v", same, !same, v, w)
		}
		if same {
			equal++
		}
	}
	if equal < 1000 {
		t.Errorf("only %d pairs were equal: the test says too little", equal)
	}
}

func TestKeyOfRefusesWhatIsNoData(t *testing.T) {
	tests := map[string]any{
		"output.view.Nav.Render is a func": view{},
		"but chan int is a chan":           []any{make(chan int)},
		".P is a unsafe.Pointer":           struct{ P *unsafe.Pointer }{},
	}
	for want, v := range tests {
		t.Run(want, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
					t.Errorf("panic is %q", got)
				}
			}()
			KeyOf(v)
		})
	}
	// An interface is judged by what it holds.
	KeyOf(struct{ R io.Reader }{strings.NewReader("x")})
}

func TestKeyOfManyTypesAtOnce(t *testing.T) {
	type fresh struct {
		N *node
		M map[string]*node
		D date
	}
	var group sync.WaitGroup
	keys := make([]Key, 16)
	for i := range keys {
		group.Go(func() { keys[i] = KeyOf(fresh{N: &node{Name: "x"}}) })
	}
	group.Wait()
	for _, key := range keys {
		if key != keys[0] {
			t.Fatal("keys differ between goroutines")
		}
	}
}

func TestJobKeyDependsOnSaltAndViewOnly(t *testing.T) {
	write := func(io.Writer, pair) error { return nil }
	base := New("a", KeyOf("salt"), pair{"a", "b"}, write)
	if New("b", KeyOf("salt"), pair{"a", "b"}, write).Key() != base.Key() {
		t.Error("key depends on the path")
	}
	if New("a", KeyOf("pepper"), pair{"a", "b"}, write).Key() == base.Key() {
		t.Error("key does not depend on the salt")
	}
	if New("a", KeyOf("salt"), pair{"a", "c"}, write).Key() == base.Key() {
		t.Error("key does not depend on the view")
	}
	anyWrite := func(io.Writer, any) error { return nil }
	if New[any]("a", Key{}, pair{"a", "b"}, anyWrite).Key() == New[any]("a", Key{}, twin{"a", "b"}, anyWrite).Key() {
		t.Error("key does not depend on the type in an interface")
	}
}
