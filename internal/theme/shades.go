package theme

// Shades are the colours that follow from a brand colour, for what cannot use
// the style sheet. Texts in Brand can be read on white and on Tint, and those
// in DarkBrand on the dark paper and on DarkTint, and the other way round.
type Shades struct {
	Brand, Tint         Colour
	DarkBrand, DarkTint Colour
}

// ShadesOf gives the shades of a brand colour, or of the theme's own if it is
// nil.
func ShadesOf(brand *Colour) Shades {
	if brand == nil {
		brand = &defaultBrand
	}
	light, dark := palette(*brand)
	return Shades{light.brand, light.tint, dark.brand, dark.tint}
}
