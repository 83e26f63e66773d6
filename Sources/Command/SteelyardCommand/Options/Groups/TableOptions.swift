package import Datasets

/// How a table of images is read: options of every command that takes one. ``Datasets/Dataset`` is
/// opened with them in `Runs/Dataset+Options.swift`.
package struct TableOptions: Declarations {
  package init() {}

  package let imageRoot = Declaration(
    "image-root", default: String?.none, without: "the table's own",
    help: "Folder that relative paths of a table start from.", value: "folder", isPath: true)

  package let pathColumn = Declaration(
    "path-column", default: String?.none, without: "by its name",
    help: "Column of a table with the image file.", value: "name")

  package let labelColumn = Declaration(
    "label-column", default: String?.none, without: "by its name",
    help: "Column of a table with the class.", value: "name")

  package let labelColumns = Declaration(
    "label-columns", default: ColumnList(), range: .severalColumns,
    help:
      "Columns of a table, one a class or label: 1 where the image is of it, 0 elsewhere, and of labels blank or -1 where"
      + " that is not known; finding_* stands for all that begin so.",
    value: "name,name")

  package let groupColumn = Declaration(
    "group-column", default: String?.none, without: "by its name",
    help:
      "Column of a table with what belongs together, as the images of a patient do: it stays in one"
      + " part, and is resampled as a whole.",
    value: "name")

  package let splitColumn = Declaration(
    "split-column", default: String?.none, without: "by its name",
    help: "Column of a table with the part of the data: train, val or test.", value: "name")

  package let labels = Declaration(
    "labels", default: String?.none, without: "in the file, or beside it",
    help:
      "Table with label, group and split of rows of features (.npy, .npz, .safetensors, .csv), joined by their ids.",
    value: "file", isPath: true)

  package let strictColumns = Declaration(
    "strict-columns", default: false,
    help:
      "Refuse a table where a column is left alone that repeats like a group or holds the words of a"
      + " split.")

  package let rehash = Declaration(
    "rehash", default: false,
    help:
      "Read every image again. Of 500 image files and more, what was found is kept in the user's cache by path, size, times of"
      + " change and inode.", isFree: true)
}

extension TrainOptions {
  /// Which columns of a table are meant.
  package var columns: ColumnNames {
    ColumnNames(
      path: self.pathColumn, label: self.labelColumn, group: self.groupColumn,
      split: self.splitColumn, labelColumns: self.labelColumns.names,
      texts: self.textColumns.names, categories: self.categoricalColumns.names,
      features: knownFeatures,
      takesCells: readsCells && self.backbone == nil, isStrict: self.strictColumns)
  }

  /// The names of the options that say where the class stands and that `upper` replaces: it may stand in
  /// one column, or in one column a class, and what comes last decides.
  package func labelOptions(replacedBy upper: TrainOptions) -> [String] {
    let (one, several) = (Self.tables.labelColumn, Self.tables.labelColumns)
    let isOne = (upper.given(one) ?? nil) != nil
    let areSeveral = !(upper.given(several)?.names ?? []).isEmpty
    guard isOne != areSeveral else { return [] }
    return [isOne ? several.name : one.name]
  }

  /// Forgets the option of ``labelOptions(replacedBy:)``.
  package mutating func forgetLabels(replacedBy upper: TrainOptions) {
    for name in labelOptions(replacedBy: upper) {
      OptionTable.field(named: name)?.forget(in: &self)
    }
  }
}
