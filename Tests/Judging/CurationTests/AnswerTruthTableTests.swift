import Curation
import Files
import TestSupport
import Testing

/// Every answer to a row with every answer to its cluster, and tables of names that would break one.
@Suite struct AnswerTruthTableTests {
  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private func answers(_ rows: String, _ clusters: String?) throws -> CurationAnswers {
    try withTemporaryFolder { folder in
      try AtomicFile.write(rows, to: folder + "/curation.csv")
      if let clusters { try AtomicFile.write(clusters, to: folder + "/clusters.csv") }
      return try CurationAnswers(
        folder + "/curation.csv", clusters: clusters == nil ? nil : folder + "/clusters.csv")
    }
  }

  /// Own answer, else yes of the cluster for what was selected and no for all, else what was selected: all 54 cases in one table.
  @Test func allCases() throws {
    let marks = ["", "yes", "no"]
    var (rows, clusters) = ("path,given,cluster,selected,accept,label\n", "cluster,accept,label\n")
    var (accepted, labels): ([String], [String?]) = ([], [])
    var (rejected, added) = (0, 0)
    for (place, bulk) in marks.enumerated() {
      clusters += "c\(place),\(bulk),\(place == 2 ? "" : "bulk\(place)")\n"
      for own in marks {
        for selected in [0, 1] {
          for (number, given) in ["", "old", "old"].enumerated() {
            let label = number == 2 ? "new" : ""
            let path = "\(place)\(own)\(selected)\(number)"
            rows += "\(path),\(given),c\(place),\(selected),\(own),\(label)\n"
            let isAccepted =
              own == "yes" || own == "" && selected == 1 && bulk != "no"
            if isAccepted {
              accepted.append(path)
              labels.append(
                number == 2 ? "new" : number == 1 ? "old" : place == 2 ? nil : "bulk\(place)")
            }
            if isAccepted, selected == 0 { added += 1 }
            if !isAccepted, selected == 1 { rejected += 1 }
          }
        }
      }
    }
    let found = try answers(rows, clusters)
    #expect(found.accepted.map(\.path) == accepted)
    #expect(found.accepted.map(\.label) == labels)
    #expect(found.rejected == rejected && found.added == added)
    #expect(found.labelled.count + found.open.count == found.accepted.count)
    #expect(found.open.count == labels.count { $0 == nil })
  }

  /// Accepted rows written and read again are the same rows, whatever their names.
  @Test func namesComeBack() throws {
    let names = ["a,b", "say \"x\"", "zwei\nZeilen", "猫", "a;b", "tab\tin", "=1+1", "é"]
    let lines = names.map { name in
      [name, name + "!", name + "?", "1"].map(quoted).joined(separator: ",") + ",,\n"
    }
    let head = "path,given,patient,selected,accept,label\n"
    let found = try answers(head + lines.joined(), nil)
    #expect(found.accepted.map(\.path) == names)
    try withTemporaryFolder { folder in
      try CurationAnswers.write(found.labelled, to: folder + "/accepted.csv")
      var reader = try DelimitedReader(path: folder + "/accepted.csv")
      #expect(reader.columns == ["path", "label", "group"])
      for name in names {
        #expect(try reader.next()?.fields == [name, name + "!", name + "?"])
      }
      #expect(try reader.next() == nil)
      try CurationAnswers.write([], to: folder + "/none.csv")
      let none = try FileBytes.read(folder + "/none.csv")
      #expect(String(decoding: none, as: UTF8.self) == "path\n")
    }
  }

  /// A table lacks a column, has a cluster twice, or names one that no row is of.
  @Test func mistakesOfTables() throws {
    func problem(_ rows: String, _ clusters: String?) -> String {
      do {
        _ = try answers(rows, clusters)
        return ""
      } catch { return "\(error)" }
    }
    let rows = "path,cluster,selected,accept,label\na,c,1,,\n"
    #expect(
      problem("path,selected,acept\na,1,\n", nil)
        .hasSuffix("curation.csv: has no column 'accept'; did you mean 'acept'?"))
    #expect(
      problem(rows, "cluster,accept\nc,yes\nc,no\n")
        .hasSuffix("clusters.csv:3: 'c' is answered twice; keep one of the rows"))
    #expect(
      problem(rows, "cluster,accept\nc,yes\n\"d, e\",\nf,\n").hasSuffix(
        "clusters.csv:3: no row is of cluster 'd, e'; give the clusters.csv of the same curation"))
    #expect(
      problem(rows, "name,accept\nc,yes\n").contains("clusters.csv: has no column 'cluster'"))
    #expect(problem(rows, "cluster,accept\nc,\n").isEmpty)
  }
}
