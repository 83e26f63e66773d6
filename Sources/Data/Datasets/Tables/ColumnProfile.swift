/// What the cells of a column look like, to tell a patient from an age.
struct ColumnProfile {
  /// Cells that are not empty.
  let filled: Int
  /// Different values.
  let distinct: Int
  /// How often a cell differs from the one above, plus one: as many as values when equal ones stand
  /// together.
  let runs: Int
  private let kinds: Kinds

  /// Which kinds of values all cells are of.
  private struct Kinds {
    var areNumbers = true
    var areIntegers = true
    /// Letters and digits mixed, as `p017` or `2021-05-03`.
    var areCodes = true
    var areAnswers = true
  }

  /// - Parameter cells: the column, without blanks around the values.
  init(_ cells: [String]) {
    let filled = cells.filter { !$0.isEmpty }
    let values = Set(filled)
    self.filled = filled.count
    distinct = values.count
    runs = zip(filled, filled.dropFirst()).count { $0 != $1 } + (filled.isEmpty ? 0 : 1)
    var kinds = Kinds()
    for value in values {
      let number = Double(value.replacing(",", with: "."))
      if number == nil { kinds.areNumbers = false }
      if number.map({ $0.rounded() != $0 }) ?? true { kinds.areIntegers = false }
      if number != nil || !value.contains(where: \.isNumber) { kinds.areCodes = false }
      if SplitFlag.value(of: value) == nil { kinds.areAnswers = false }
    }
    self.kinds = kinds
  }

  /// Whether the values repeat as the ids of patients or scenes do.
  ///
  /// A name with a word such as `id` or `patient` suffices, unless the values are the few numbers of a
  /// finding. Codes, and whole numbers that stand in runs, are ids; other numbers are measurements. Of
  /// plain words, groups are smaller than categories.
  ///
  /// - Parameters:
  ///   - name: of the column.
  ///   - classes: how many classes the table has.
  func repeatsLikeGroup(name: String, classes: Int) -> Bool {
    guard distinct > 1, filled > distinct, !kinds.areAnswers else { return false }
    let share = Double(filled - distinct) / Double(filled)
    guard share >= 0.1, !Self.namesAttribute(name) else { return false }
    if Self.namesGroup(name) { return distinct > 3 || !kinds.areNumbers }
    guard distinct > 2 else { return false }
    if kinds.areIntegers { return 2 * runs <= 3 * distinct }
    if kinds.areNumbers { return false }
    if kinds.areCodes { return true }
    return distinct > max(4, classes) && filled <= 50 * distinct
  }

  /// Whether a word of a column's name says that it identifies something.
  private static func namesGroup(_ name: String) -> Bool {
    let words: Set = [
      "id", "ids", "uid", "uuid", "guid", "nr", "no", "num", "number", "code", "key", "patient",
      "patients", "pat", "subject", "person", "proband", "participant", "volunteer", "donor",
      "owner", "user", "animal", "mouse", "case", "mrn", "lesion", "slide", "wsi", "specimen",
      "sample", "biopsy", "smear", "study", "exam", "series", "scan", "session", "visit",
      "sequence", "seq", "video", "clip", "scene", "burst", "plate", "well", "individual", "group",
      "cluster",
    ]
    return !words.isDisjoint(with: Self.words(of: name))
  }

  /// Whether a column is known to describe and not to identify.
  private static func namesAttribute(_ name: String) -> Bool {
    let words: Set = [
      "age", "sex", "gender", "race", "ethnicity", "localization", "localisation", "of",
      "anatom", "site", "type", "width", "height", "size", "year", "month", "day", "hour", "weight",
      "quality", "source", "modality", "laterality", "side", "view", "eye", "score", "stage",
      "manufacturer", "model", "license", "licence", "copyright", "attribution", "annotator",
      "confidence", "count", "fold", "folds", "kfold", "xmin", "xmax", "ymin", "ymax", "format",
    ]
    return !words.isDisjoint(with: Self.words(of: name))
  }

  /// `patientNr` and `Patient Nr` are `patient` and `nr`.
  private static func words(of name: String) -> Set<String> {
    var words: [String] = [""]
    var wasLower = false
    for character in name {
      if !character.isLetter || (character.isUppercase && wasLower) { words.append("") }
      if character.isLetter { words[words.count - 1] += character.lowercased() }
      wasLower = character.isLowercase
    }
    return Set(words)
  }
}
