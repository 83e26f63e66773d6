import Audit
import Randomness
import Testing

/// Confident learning by its definition, entry by entry, on many small tables whose probabilities are eighths: sums are exact, and
/// ties are everywhere.
@Suite struct ConfidentBruteForceTests {
  private struct World {
    var classes: Int
    var p: [[Double]]
    var given: [Int]

    /// Rows of eighths; the last class may be given to nobody.
    init(seed: UInt64) {
      var source = RandomKey(seed: seed).folding("eighths").source
      classes = 2 + source.below(3)
      let used = classes > 2 && source.below(3) == 0 ? classes - 1 : classes
      let rows = 4 + source.below(30)
      (p, given) = ([], [])
      for _ in 0..<rows {
        let truth = source.below(used)
        var parts = [Double](repeating: 0, count: classes)
        for _ in 0..<8 { parts[source.below(5) < 3 ? truth : source.below(classes)] += 0.125 }
        p.append(parts)
        given.append(source.below(4) == 0 ? source.below(used) : truth)
      }
    }

    func audit(keeping kept: Int) throws -> LabelAudit {
      try LabelAudit(
        ProbabilityRows(p.flatMap(\.self), classes: classes), given: given.map(Int32.init),
        keeping: kept, threads: 1 + rows % 2)
    }

    var rows: Int { p.count }

    func members(_ label: Int) -> [Int] { given.indices.filter { given[$0] == label } }

    /// t of each class; nil of one that nobody was given.
    var thresholds: [Double?] {
      (0..<classes).map { k in
        let own = members(k)
        return own.isEmpty ? nil : own.reduce(0.0) { $0 + p[$1][k] } / Double(own.count)
      }
    }

    /// The class that a row is of with confidence.
    func guess(_ row: Int) -> Int? {
      let bars = thresholds
      let reached = (0..<classes).filter { k in bars[k].map { p[row][k] >= $0 - 1e-6 } ?? false }
      guard reached.count > 1 else { return reached.first }
      return p[row].firstIndex(of: p[row].max() ?? 0)
    }

    /// The most probable class, the given one where it is as probable as any.
    func predicted(_ row: Int) -> Int {
      let most = p[row].max() ?? 0
      return p[row][given[row]] == most ? given[row] : p[row].firstIndex(of: most) ?? 0
    }
  }

  @Test(arguments: UInt64(1)...60) func theJointIsCounted(seed: UInt64) throws {
    let world = World(seed: seed)
    let audit = try world.audit(keeping: 1)
    var counts = [Int](repeating: 0, count: world.classes * world.classes)
    for row in 0..<world.rows {
      if let guess = world.guess(row) { counts[world.given[row] * world.classes + guess] += 1 }
    }
    for k in 0..<world.classes {
      counts[k * world.classes + k] = max(1, counts[k * world.classes + k])
    }
    #expect(audit.joint.counts == counts)
    for (k, threshold) in world.thresholds.enumerated() {
      let found = audit.thresholds.values[k]
      if let threshold {
        #expect(abs(found - max(threshold, 2e-6)) < 1e-12)
      } else {
        #expect(found == 2)
      }
    }
  }

  /// Rows of the calibrated joint have as many examples as were given the class, and no cell is a whole example off.
  @Test(arguments: UInt64(1)...60) func theCalibratedJointKeepsRows(seed: UInt64) throws {
    let world = World(seed: seed)
    let joint = try world.audit(keeping: 1).joint
    for g in 0..<world.classes {
      let cells = g * world.classes..<(g + 1) * world.classes
      let members = world.members(g).count
      #expect(joint.calibrated[cells].reduce(0, +) == members)
      let total = joint.counts[cells].reduce(0, +)
      for cell in cells {
        let exact = Double(joint.counts[cell] * members) / Double(total)
        #expect(abs(Double(joint.calibrated[cell]) - exact) < 1 + 1e-9, "\(g), \(cell)")
      }
    }
    #expect(joint.trueCounts.reduce(0, +) == world.rows)
    let right = (0..<world.classes).reduce(0) { $0 + joint.calibrated[$1 * world.classes + $1] }
    #expect(abs(joint.noise - (1 - Double(right) / Double(world.rows))) < 1e-12)
  }

  /// How many examples to take out of a cell, and to leave on the diagonal.
  private func counts(_ row: [Int], diagonal: Int, kept: Int) -> [Int] {
    let lost = max(0, kept - row[diagonal])
    let sharing = max(1, row.count { $0 > 0 } - 1)
    return row.indices.map { cell in
      cell == diagonal
        ? max(row[cell], kept)
        : max(0, Int((Double(row[cell]) - Double(lost) / Double(sharing)).rounded(.towardZero)))
    }
  }

  /// Every rule, from the calibrated joint on.
  @Test(arguments: UInt64(1)...60) func everyRuleIsItsDefinition(seed: UInt64) throws {
    let world = World(seed: seed)
    for kept in [0, 1, 3] {
      let audit = try world.audit(keeping: kept)
      var (byRate, byClass): (Set<Int>, Set<Int>) = ([], [])
      for g in 0..<world.classes {
        let own = world.members(g)
        guard own.count > max(kept, 1) else { continue }
        let cells = audit.joint.calibrated[g * world.classes..<(g + 1) * world.classes]
        let wanted = counts(Array(cells), diagonal: g, kept: kept)
        for t in 0..<world.classes where t != g {
          let margin = { (row: Int) in world.p[row][t] - world.p[row][g] }
          let order = own.sorted {
            margin($0) == margin($1) ? $0 < $1 : margin($0) > margin($1)
          }
          byRate.formUnion(order.prefix(wanted[t]))
        }
        let order = own.sorted {
          let (a, b) = (world.p[$0][g], world.p[$1][g])
          return a == b ? $0 < $1 : a < b
        }
        byClass.formUnion(order.prefix(max(0, own.count - wanted[g])))
      }
      let differing = Set((0..<world.rows).filter { world.predicted($0) != world.given[$0] })
      let off = (0..<world.rows).filter { row in
        world.guess(row).map { $0 != world.given[row] } ?? false
      }
      #expect(audit.issues(by: .predicted) == differing.sorted())
      #expect(audit.issues(by: .noiseRate) == byRate.intersection(differing).sorted())
      #expect(audit.issues(by: .byClass) == byClass.intersection(differing).sorted())
      #expect(
        audit.issues(by: .both) == byRate.intersection(byClass).intersection(differing).sorted())
      #expect(audit.issues(by: .offDiagonal) == differing.intersection(off).sorted())
      for row in 0..<world.rows {
        let names = audit.rules(of: row)
        for rule in [IssueRule.noiseRate, .byClass, .offDiagonal, .predicted] {
          #expect(names.contains(rule) == audit.isIssue(row, by: rule))
        }
      }
    }
  }

  /// One example of a class stays by either rule that prunes, and as many as are asked for where a rule prunes by class.
  @Test(arguments: UInt64(1)...60) func theLastOfAClassStays(seed: UInt64) throws {
    let world = World(seed: seed)
    for kept in [1, 2, 4] {
      let audit = try world.audit(keeping: kept)
      for k in 0..<world.classes {
        let own = world.members(k)
        let left = { (rule: IssueRule) in own.count { !audit.isIssue($0, by: rule) } }
        #expect(left(.byClass) >= min(kept, own.count))
        #expect(left(.noiseRate) >= min(1, own.count))
      }
    }
  }

  /// A row of 1, 1 and 8 examples that is to keep 5 can take 0 and 6 out of its cells, as cleanlab does: 4 stay, and by class 5.
  @Test func moreThanOneMayNotStayByNoiseRate() throws {
    var rows = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1]]
    rows += [[Double]](repeating: [0.1, 0.1, 0.8], count: 8)
    rows += [[Double]](repeating: [0.1, 0.8, 0.1], count: 10)
    rows += [[Double]](repeating: [0.1, 0.1, 0.8], count: 10)
    let given = [Int32](repeating: 0, count: 10) + [Int32](repeating: 1, count: 10)
    let audit = try LabelAudit(
      ProbabilityRows(rows.flatMap(\.self), classes: 3),
      given: given + [Int32](repeating: 2, count: 10), keeping: 5)
    #expect(audit.joint.calibrated == [1, 1, 8, 0, 10, 0, 0, 0, 10])
    #expect(audit.issues(by: .noiseRate) == [2, 3, 4, 5, 6, 7])
    #expect(audit.issues(by: .byClass).count == 5)
    let findings = LabelFindings(
      audit, classes: ["a", "b", "c"], rule: .noiseRate, keeping: 5)
    #expect(findings.countsAfter[0] == 5)
  }
}
