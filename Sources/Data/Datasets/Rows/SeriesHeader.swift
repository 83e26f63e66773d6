/// What the lines before `@data` of a `.ts` file say.
struct SeriesHeader {
  /// Whether values have times: `@timeStamps`.
  var hasTimes = false
  /// Channels of each series, as `@univariate` and `@dimensions` say.
  var channels: Int?
  /// Steps of each series, where `@equalLength` and `@seriesLength` say it.
  var steps: Int?
  /// Whether rows end in a label: `@classLabel`; nil without such a line.
  var hasLabels: Bool?
  /// The classes that are listed; empty where none are.
  var classes: [String] = []
  /// The line of `@classLabel`, from 1.
  var labelLine = 0
  /// Whether rows end in a number to predict: `@targetLabel`.
  var hasTarget = false
  /// Other lines, by their first words.
  var unknown: [String] = []

  private var isEqualLength: Bool?

  /// Takes a line that begins with `@`, other than `@data`.
  ///
  /// - Returns: what is wrong with it; nil where nothing is.
  mutating func take(_ line: String, number: Int) -> String? {
    let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
    let key = words[0].lowercased()
    let value = words.count > 1 ? words[1] : ""
    switch key {
    case "@problemname", "@missing": return nil
    case "@timestamps", "@univariate", "@equallength", "@classlabel", "@targetlabel":
      guard let flag = Self.flag(value) else {
        return "\(words[0]) is '\(value)', expected true or false"
      }
      take(flag, key, rest: Array(words.dropFirst(2)), number: number)
    case "@dimension", "@dimensions", "@serieslength":
      guard let count = Int(value), count > 0 else {
        return "\(words[0]) is '\(value)', expected a whole number of at least 1"
      }
      if key == "@serieslength" { steps = count } else { channels = count }
    default: unknown.append(words[0])
    }
    return nil
  }

  private mutating func take(_ flag: Bool, _ key: String, rest: [String], number: Int) {
    switch key {
    case "@timestamps": hasTimes = flag
    case "@univariate": if flag { channels = 1 }
    case "@equallength": isEqualLength = flag
    case "@targetlabel": hasTarget = flag
    default: (hasLabels, classes, labelLine) = (flag, flag ? rest : [], number)
    }
  }

  /// Steps that every series must have; nil where they may differ.
  var requiredSteps: Int? { isEqualLength == true ? steps : nil }

  private static func flag(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }
}
