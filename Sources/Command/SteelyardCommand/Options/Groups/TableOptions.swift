/// How a table of images is read: options of every command that takes one. ``Datasets/Dataset`` is
/// opened with them in `Runs/Dataset+Options.swift`.
package struct TableOptions: Declarations {
  package init() {}
}
