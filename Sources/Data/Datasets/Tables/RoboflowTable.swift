import Files

/// The tables that Roboflow puts beside the images of each part of an export (`train`, `valid`, `test`): `_annotations.coco.json`, where
/// the labels of an image are the categories of its boxes, and `_classes.csv` of several labels, a column each behind `filename`.
///
/// Source of the convention: Roboflow's exports "COCO JSON" and "Multi-label classification CSV".
enum RoboflowTable {
  private static let annotations = "_annotations.coco.json"
  private static let classes = "_classes.csv"

  /// Whether a file in a folder of images is one, by its name.
  static func isOne(_ name: String) -> Bool { [annotations, classes].contains(name.lowercased()) }

  /// The columns that are meant, where nobody says which: all columns of a `_classes.csv` but those with another role are labels.
  static func request(_ asked: ColumnNames, _ table: ImageTable) -> ColumnNames {
    guard hasLabels(table, asked) else { return asked }
    let others = Set([asked.path, asked.group, asked.split].compactMap { $0 })
    let path = asked.path ?? table.columns.first { ColumnRole.folded($0) == "filename" }
    var result = asked
    result.path = path
    result.labelColumns = table.columns.filter {
      !$0.isEmpty && $0 != path && !others.contains($0)
    }
    return result
  }

  /// Whether the columns of a table are labels because it is a `_classes.csv`: no option says where labels stand, and there is a
  /// column of files. That of masks (`Pixel Value`, `Class`) has none.
  static func hasLabels(_ table: ImageTable, _ asked: ColumnNames) -> Bool {
    FilePath.name(of: table.path).lowercased() == classes
      && asked.label == nil && asked.labelColumns.isEmpty
      && table.columns.contains { ColumnRole.folded($0) == "filename" }
  }
}
