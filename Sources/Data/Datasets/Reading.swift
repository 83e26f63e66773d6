/// How data were read: what was taken for what, what was passed over, and what looks like an oversight.
public struct Reading: Sendable, Equatable, Codable {
  /// What the columns were taken for; one entry a table, empty where there is none.
  public var tables: [ColumnUse]
  /// What was read another way than written, and what was not counted.
  public var notes: [ReadingNote]
  /// What may be an oversight.
  public var warnings: [ReadingWarning]
  /// Folders below class folders: images in them have the class of the folder above.
  public var deeperFolders: Int

  /// A reading of its parts; nothing to say by default.
  public init(
    tables: [ColumnUse] = [], notes: [ReadingNote] = [], warnings: [ReadingWarning] = [],
    deeperFolders: Int = 0
  ) {
    self.tables = tables
    self.notes = notes
    self.warnings = warnings
    self.deeperFolders = deeperFolders
  }

  /// Takes over what is to be said of another part of the same data; what is said already is not said
  /// twice.
  mutating func add(_ other: Reading) {
    tables += other.tables
    notes += other.notes.filter { !notes.contains($0) }
    warnings += other.warnings.filter { !warnings.contains($0) }
    deeperFolders += other.deeperFolders
  }
}
