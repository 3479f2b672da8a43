package header

import "go.yaml.in/yaml/v4"

// node is a value as it stands in the text, with all that is asked of it.
type node struct {
	// kind is Absent for what YAML takes for nothing, such as "~".
	kind Kind
	// alias, anchored and tagged tell that the value begins with *, & or !.
	alias, anchored, tagged bool
	// literal tells that the text stands below |, line for line.
	literal bool
	// value is the text of a scalar, or the name of an alias.
	value string
	// comment is what follows the value on its line, with its hash.
	comment string
	// line and col are those of the first character, from 1; col counts
	// characters.
	line, col int
	// content are the items of a list, or the keys of a map, each with its
	// value after it.
	content []*node
}

// nodeOf gives the node of a value that the YAML library read.
func nodeOf(n *yaml.Node) *node {
	to := &node{
		value: n.Value, comment: n.LineComment, line: n.Line, col: n.Column,
		alias: n.Kind == yaml.AliasNode, anchored: n.Anchor != "", tagged: n.Style&yaml.TaggedStyle != 0, literal: n.Style&yaml.LiteralStyle != 0,
	}
	switch {
	case n.Kind == yaml.SequenceNode:
		to.kind = List
	case n.Kind == yaml.MappingNode:
		to.kind = Map
	case n.Kind == yaml.ScalarNode && n.Tag != "!!null":
		to.kind = Scalar
	}
	if len(n.Content) > 0 {
		to.content = make([]*node, len(n.Content))
		for i, child := range n.Content {
			to.content[i] = nodeOf(child)
		}
	}
	return to
}
