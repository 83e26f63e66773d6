/// How a table of images is read: options of every command that takes one. ``Datasets/Dataset`` is
/// opened with them in `Runs/Dataset+Options.swift`.
package struct TableOptions: Declarations {
  package init() {}

  package let imageRoot = Declaration(
    "image-root", default: String?.none, without: "the table's own",
    help: "Folder that relative paths of a table start from.", value: "folder", isPath: true)
}
