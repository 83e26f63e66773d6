public import Runs

/// `report.json`.
extension ReportDocument: VersionedJSON {
  /// The form of the document.
  public static var currentFormat: Int { 1 }
  /// A report follows from the other files of the run.
  public static var remedy: String { "make the report of the run anew" }
}
