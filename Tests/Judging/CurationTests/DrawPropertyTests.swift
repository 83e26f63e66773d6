import Audit
import Curation
import Files
import Randomness
import TestSupport
import Testing

/// What holds of every draw: of drawn rows, groups, patients and copies, under any rule.
@Suite struct DrawPropertyTests {
  private func rows(_ seed: UInt64) throws -> CurationRows {
    var source = RandomKey(seed: seed).folding("draw").source
    let (count, width) = (160, 4)
    var values = (0..<count * width).map { _ in Float(source.normal()) }
    // Copies of earlier rows.
    for row in stride(from: 20, to: count, by: 9) {
      let from = source.below(row)
      for d in 0..<width { values[row * width + d] = values[from * width + d] }
    }
    let groups = (0..<count).map { _ in ["a", "a", "a/1", "b,\"c\"", "tiny"][source.below(5)] }
    return try CurationRows(
      FeatureTable(paths: (0..<count).map { "r\($0)" }, values: values, width: width),
      groups: groups.enumerated().map { $0.offset > 40 && $0.element == "tiny" ? "a" : $0.element },
      patients: (0..<count).map { _ in source.below(5) == 0 ? nil : "p\(source.below(12))" },
      labels: (0..<count).map { _ in source.below(3) == 0 ? ["x", "y"][source.below(2)] : nil })
  }

  private func curation(
    _ rows: CurationRows, _ seed: UInt64, _ change: (inout CurationSettings) -> Void
  ) throws -> Curation {
    var settings = CurationSettings()
    change(&settings)
    return try Curation(
      rows, settings: settings, key: RandomKey(seed: seed), products: PlainProducts())
  }

  @Test(arguments: UInt64(1)...6) func whatHoldsOfEveryDraw(seed: UInt64) throws {
    let rows = try rows(seed)
    for (rule, cap, bins) in [
      (.fractionWithFloor(0.2), nil, 5), (.fractionWithFloor(0.5), 3, 2), (.quota(2), 1, 3),
      (.quota(100), 4, 1), (.fractionWithFloor(1), nil, 7),
    ] as [(SelectionRule, Int?, Int)] {
      let chosen = try curation(rows, seed) {
        ($0.rule, $0.mostOfPatient, $0.bins, $0.leastGroup) = (rule, cap, bins, 15)
        $0.clusters = .ofSize(25)
      }
      let selected = Set(chosen.selected)
      var patients: [String: Int] = [:]
      for row in selected {
        if let patient = rows.patients[row] { patients[patient, default: 0] += 1 }
      }
      if let cap { #expect(patients.values.allSatisfy { $0 <= cap }) }
      var counted = 0
      for (place, cluster) in chosen.clusters.clusters.enumerated() {
        #expect(cluster.name == "\(cluster.group)/\(cluster.number)")
        let single = cluster.rows.filter { chosen.bins[$0] != nil }
        #expect(cluster.rows.allSatisfy { chosen.clusters.places[$0] == place })
        for (_, own) in Dictionary(grouping: single, by: { chosen.bins[$0] ?? 0 }) {
          counted += own.count
          let taken = own.count { selected.contains($0) }
          let wanted = rule.taken(of: own.count)
          #expect(taken <= wanted)
          // A bin stays short only where all that it has left have a patient with enough.
          if taken < wanted {
            for row in own where !selected.contains(row) {
              let patient = try #require(rows.patients[row])
              #expect(chosen.why(row) == "patient \(patient) has enough")
              #expect(patients[patient] == cap)
            }
          }
          if cap == nil { #expect(taken == wanted && taken >= 1) }
        }
        // Outer bins are no nearer than inner ones.
        let places = cluster.rows.compactMap { chosen.bins[$0] }
        #expect(places == places.sorted())
      }
      let leftOut = chosen.clusters.leftOut.reduce(0) { $0 + $1.rows }
      #expect(counted + chosen.nearCopies + leftOut == 160)
      for row in 0..<160 where chosen.bins[row] == nil {
        #expect(!selected.contains(row))
        let why = chosen.why(row)
        #expect(why.hasPrefix("near copy of ") || why == "group \(rows.groups[row]) is too small")
      }
      #expect(chosen.passedOver == (0..<160).count { chosen.why($0).hasSuffix("has enough") })
    }
  }

  /// Copies stand behind the first row like them that may be chosen; all rows of a set are alike, and no two originals are.
  @Test(arguments: UInt64(1)...6) func copiesStandBehindTheirLike(seed: UInt64) throws {
    let rows = try rows(seed)
    let chosen = try curation(rows, seed) { ($0.copyDistance, $0.leastGroup) = (1e-5, 15) }
    let table = rows.table
    func features(_ row: Int) -> [Float] { Array(table.values[row * 4..<(row + 1) * 4]) }
    var first: [[Float]: Int] = [:]
    for row in 0..<160 where chosen.clusters.places[row] != nil {
      if let original = first[features(row)] {
        #expect(chosen.why(row) == "near copy of r\(original)" && !chosen.isSelected(row))
      } else {
        first[features(row)] = row
      }
    }
    #expect(chosen.nearCopies > 0)
  }

  /// Numbers of the summary beside counts of the rows; names that hold separators come back from both tables.
  @Test func summaryAndTables() throws {
    let rows = try rows(3)
    let chosen = try curation(rows, 3) {
      ($0.leastGroup, $0.mostOfPatient, $0.spread) = (15, 2, 1)
    }
    let summary = chosen.summary
    #expect(summary.rows == 160 && summary.selected == chosen.selected.count)
    for one in summary.classes {
      #expect(one.rows == rows.labels.count { $0 == one.name })
      #expect(one.selected == chosen.selected.count { rows.labels[$0] == one.name })
    }
    #expect(summary.groups + summary.leftOut.count == Set(rows.groups).count)
    #expect(
      summary.proposed
        == (0..<160).count { rows.labels[$0] == nil && chosen.proposal(for: $0) != nil })
    try withTemporaryFolder { folder in
      try chosen.writeRows(to: folder + "/curation.csv")
      try chosen.writeClusters(to: folder + "/clusters.csv")
      var reader = try DelimitedReader(path: folder + "/curation.csv")
      #expect(
        reader.columns == [
          "path", "given", "group", "patient", "cluster", "bin", "distance", "selected", "why",
          "proposed", "accept", "label",
        ])
      for row in 0..<160 {
        let line = try #require(try reader.next())
        let cells = Dictionary(uniqueKeysWithValues: zip(reader.columns, line.fields))
        #expect(cells["path"] == "r\(row)" && cells["group"] == rows.groups[row])
        #expect(cells["given"] == rows.labels[row] ?? "")
        #expect(cells["patient"] == rows.patients[row] ?? "")
        #expect(cells["cluster"] == chosen.cluster(of: row)?.name ?? "")
        #expect(Int(cells["bin"] ?? "") == chosen.bins[row])
        #expect(Double(cells["distance"] ?? "") == chosen.clusters.distances[row])
        #expect(cells["selected"] == (chosen.isSelected(row) ? "1" : "0"))
        #expect(cells["accept"] == "" && cells["label"] == "")
      }
      var clusters = try DelimitedReader(path: folder + "/clusters.csv")
      var (total, picked) = (0, 0)
      while let row = try clusters.next() {
        total += Int(row.fields[1]) ?? 0
        picked += Int(row.fields[2]) ?? 0
      }
      #expect(total == chosen.clusters.places.count { $0 != nil })
      #expect(picked == chosen.selected.count)
      // Nobody has answered: just the selected rows are accepted.
      let answers = try CurationAnswers(
        folder + "/curation.csv", clusters: folder + "/clusters.csv")
      #expect(answers.accepted.map(\.path) == chosen.selected.map { "r\($0)" })
      #expect(answers.rejected == 0 && answers.added == 0)
    }
  }
}
