package import Datasets
import Files

/// How data were read, as people read it: lines of `inspect`, and notes of the commands that use the data.
package enum ReadingText {
  /// A line of the columns used and as what, and one of those left alone; of several tables that differ,
  /// two lines each. Nothing where there is no table.
  package static func columns(_ tables: [ColumnUse]) -> [String] {
    var lines: [String] = []
    for table in tables {
      let isOnly = tables.allSatisfy {
        $0.usedText == table.usedText && $0.leftAlone == table.leftAlone
      }
      let place = isOnly ? "" : " of \(table.table)"
      for line in [
        "columns used\(place): \(table.usedText)",
        "columns left alone\(place): \(table.leftAloneText)",
      ] where !lines.contains(line) {
        lines.append(line)
      }
    }
    return lines
  }

  /// A line for each note and each warning; a warning names the option for it, where there is one.
  package static func remarks(_ notes: [ReadingNote], _ warnings: [ReadingWarning]) -> [String] {
    notes.map { "note: \($0)" } + warnings.map { "warning: \($0)\(advice($0))" }
  }

  /// All of it.
  package static func lines(_ reading: Reading) -> [String] {
    columns(reading.tables) + remarks(reading.notes, reading.warnings)
  }

  /// What to type; libraries know no options.
  private static func advice(_ warning: ReadingWarning) -> String {
    switch warning {
    case .repeatsLikeGroup(let column, _, _):
      "; --group-column \(ShellWord.of(column)) keeps them together"
    case .holdsSplitWords(let column, _): "; --split-column \(ShellWord.of(column)) takes it"
    case .labelsHardlyRepeat: "; --label-column names the column with the class"
    case .missingValueWord(let word, .label, _):
      "; --drop-class \(ShellWord.of(word)) leaves them out"
    case .categoriesLikeGroup(let column, _, _):
      "; --group-column \(ShellWord.of(column)) keeps them together"
    case .columnLeftOut(let column, .nearlyUnique):
      "; --text-columns \(ShellWord.of(column)) makes features of texts, --categorical-columns \(ShellWord.of(column)) of categories"
    case .columnLeftOut(_, .rare): "; --category-least with a smaller number keeps them"
    case .splitFoldersInPaths, .nearlyEqualClasses, .joinedNames, .missingValueWord, .tablesNotRead,
      .shardsNotRead,
      .labelNameAsFeature, .columnLeftOut:
      ""
    }
  }
}
