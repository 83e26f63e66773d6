import Randomness

/// Draws of rows from the bins of all clusters.
///
/// Bins take turns: the first row of every bin before the second of any, so that a cap on patients costs no kind its only
/// rows. Bins are of the rows that are no near copies. Within a bin the order is drawn; whoever may not be taken (its patient
/// has enough) lets the next one in.
struct BinDraw {
  /// Why a row was taken or not.
  enum Outcome: Sendable, Equatable {
    case taken
    case notDrawn
    case cap
    case copy(of: Int)
    case leftOut
  }

  private(set) var outcomes: [Outcome]
  /// Bin of each row, from 1; nil of near copies, and of rows of groups that were left out.
  private(set) var bins: [Int?]

  /// A bin whose rows are asked one after the other.
  private struct Queue {
    var rows: ArraySlice<Int>
    var left: Int
  }

  init(
    _ clusters: GroupClusters, _ rows: CurationRows, _ copies: FeatureCopies,
    _ settings: CurationSettings, key: RandomKey
  ) {
    // A copy of a row that is left out would leave its like without anybody to stand for them: the first that is clustered does.
    var standing: [Int: Int] = [:]
    for (row, place) in clusters.places.enumerated() where place != nil {
      let set = copies.originals[row]
      if standing[set] == nil { standing[set] = row }
    }
    let outcomes = clusters.places.enumerated().map { row, place -> Outcome in
      guard place != nil, let first = standing[copies.originals[row]] else { return .leftOut }
      return first == row ? .notDrawn : .copy(of: first)
    }
    self.outcomes = outcomes
    bins = [Int?](repeating: nil, count: rows.table.count)
    var queues: [Queue] = []
    for cluster in clusters.clusters {
      let single = cluster.rows.filter { outcomes[$0] == .notDrawn }
      guard !single.isEmpty else { continue }
      let parts = DistanceBins(rows: single.count, count: settings.bins)
      for bin in 0..<parts.count {
        let members = Array(single[parts[bin]])
        for row in members { bins[row] = bin + 1 }
        var source = key.folding("bins").folding(cluster.name).folding(bin).source
        let order = source.shuffle(members.count).map { members[$0] }
        queues.append(Queue(rows: order[...], left: settings.rule.taken(of: members.count)))
      }
    }
    draw(&queues, rows, settings.mostOfPatient)
  }

  private mutating func draw(
    _ queues: inout [Queue], _ rows: CurationRows, _ most: Int?
  ) {
    var patients: [String: Int] = [:]
    var isBusy = true
    while isBusy {
      isBusy = false
      for place in queues.indices where queues[place].left > 0 {
        while let row = queues[place].rows.popFirst() {
          if let most, let patient = rows.patients[row] {
            guard patients[patient, default: 0] < most else {
              outcomes[row] = .cap
              continue
            }
            patients[patient, default: 0] += 1
          }
          outcomes[row] = .taken
          queues[place].left -= 1
          isBusy = true
          break
        }
      }
    }
  }
}
