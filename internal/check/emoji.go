package check

import "unicode/utf8"

// isEmoji reports whether a character is a picture: an emoji, or a symbol that
// fonts show as one.
func isEmoji(r rune) bool {
	return r >= 0x1F300 && r <= 0x1FAFF || r >= 0x1F1E6 && r <= 0x1F1FF || r == '⭐' || r == '⭕' || r == '➡' ||
		r >= 0x2600 && r <= 0x27BF
}

// joins reports whether a character belongs to the emoji beside it: a joiner, a
// choice of colour, a tone of skin, a keycap.
func joins(r rune) bool {
	return r == 0x200D || r == 0xFE0F || r == 0x20E3 || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}

// emojiAt gives the length in bytes of the emoji that a text begins with; 0 if
// there is none.
func emojiAt(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	if !isEmoji(r) || joins(r) {
		return 0
	}
	flag := r >= 0x1F1E6 && r <= 0x1F1FF
	for size < len(text) {
		next, n := utf8.DecodeRuneInString(text[size:])
		last, _ := utf8.DecodeLastRuneInString(text[:size])
		switch {
		case joins(next), last == 0x200D && isEmoji(next):
		case flag && next >= 0x1F1E6 && next <= 0x1F1FF:
			flag = false
		default:
			return size
		}
		size += n
	}
	return size
}
