public import Datasets
import Files
import Requirements

/// `corrections.csv`: labels that a person has set right, by path.
///
/// | column | holds |
/// |---|---|
/// | `path` | the example, as the data know it |
/// | `given` | its label in the data, checked where it stands there; may be missing |
/// | `label` | its right label; empty leaves it as it is, `-` leaves the example out |
///
/// Other columns are for the person.
public enum CorrectionsFile {
  /// What a table did to a data set.
  public struct Outcome: Sendable {
    /// The data with the labels set right.
    public var data: Dataset
    /// Labels that became others.
    public var changed: Int
    /// Examples that were left out.
    public var leftOut: Int
    /// Rows that left things as they were.
    public var unchanged: Int
  }

  /// What stands in the place of a label where an example is to be left out.
  public static let leavingOut = "-"

  /// The data with the labels of the table.
  ///
  /// - Throws: `DatasetError`: the table is malformed or lacks a column; together, every path that the data lack,
  ///   every path that occurs twice, every given label that is not the one of the data, every label that no example
  ///   of the data has.
  public static func apply(_ path: String, to data: Dataset) throws(DatasetError) -> Outcome {
    var outcome = Outcome(data: data, changed: 0, leftOut: 0, unchanged: 0)
    var problems = DataProblems()
    let places = Dictionary(
      data.examples.indices.map { (data.examples[$0].path, $0) }, uniquingKeysWith: { $1 })
    let known = Set(data.examples.compactMap(\.label))
    var (lines, dropped): ([Int: Int], Set<Int>) = ([:], [])
    do throws(FileError) {
      var reader = try DelimitedReader(detecting: path)
      let columns = reader.columns.map(Blanks.trimmed)
      guard let name = columns.firstIndex(of: "path"), let label = columns.firstIndex(of: "label")
      else {
        throw .malformedLine(
          path: path, line: 1,
          reason:
            "corrections need the columns path and label, found \(columns.joined(separator: ", "))")
      }
      let given = columns.firstIndex(of: "given")
      while let row = try reader.next() {
        let text = Blanks.known(row.fields[name]) { places[$0] != nil }
        let wanted = Blanks.known(row.fields[label], among: known.contains)
        let origin = "\(path):\(row.line)"
        guard let place = places[text] else {
          problems.add(.notInData(text), at: origin)
          continue
        }
        if let first = lines.updateValue(row.line, forKey: place) {
          problems.add(.duplicatePath(text, first: "line \(first)"), at: origin)
        }
        let current = data.examples[place].label ?? ""
        if let given, case let was = Blanks.known(row.fields[given], among: { $0 == current }),
          !was.isEmpty, was != current
        {
          problems.add(.labelDiffers(text, inData: current, inSplitFile: was), at: origin)
        }
        if wanted == leavingOut {
          dropped.insert(place)
        } else if wanted.isEmpty || wanted == current {
          outcome.unchanged += 1
        } else if known.contains(wanted) {
          outcome.data.examples[place].label = wanted
          outcome.changed += 1
        } else {
          problems.add(
            .unknownCorrection(wanted, nearest: nearest(to: wanted, among: known.sorted())),
            at: origin)
        }
      }
    } catch {
      throw .file(error)
    }
    try problems.check()
    outcome.leftOut = dropped.count
    outcome.data.reading.notes.append(
      .corrected(
        file: FilePath.name(of: path), labels: outcome.changed, leftOut: outcome.leftOut))
    outcome.data.examples = outcome.data.examples.indices.filter { !dropped.contains($0) }
      .map { outcome.data.examples[$0] }
    return outcome
  }
}
