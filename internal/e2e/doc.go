// Package e2e tests bulletin from outside, as writers and readers meet it: it
// runs the built program on the sample site, and looks at the result with a
// browser, an accessibility checker, an HTML checker and a feed reader.
//
// It is a module of its own, so that nothing that these tests need is needed
// by the program. They need Chromium, Java and the packages in package.json:
//
//	npm ci --ignore-scripts
//	go test ./...
//
// Where one of these is missing, the tests that need it are skipped, except
// when the environment says CI=true: there they fail.
package e2e
