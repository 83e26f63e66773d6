/// For each pair of classes (given, true) the rows with the largest margins P_true − P_given, as many as are asked for.
///
/// Of equal margins the earlier row counts as the larger. What is held is what is asked for, N at most, whatever the
/// number of rows seen.
struct LargestMargins {
  private let classes: Int
  /// Classes that some rows of a given class are to be taken as, by given class.
  let wanted: [[Int32]]
  /// Where the heap of each cell begins, `[C, C]` and one more.
  private let starts: [Int32]
  private var sizes: [Int32]
  private var margins: [Double]
  private var rows: [Int32]

  /// - Parameter counts: how many rows to keep of each cell, given by true, `[C, C]` flat; the diagonal does not count.
  init(_ counts: [Int], classes: Int) {
    self.classes = classes
    var starts: [Int32] = [0]
    starts.reserveCapacity(counts.count + 1)
    var wanted = [[Int32]](repeating: [], count: classes)
    for (cell, count) in counts.enumerated() {
      let (given, truth) = (cell / classes, cell % classes)
      let room = given == truth ? 0 : max(0, count)
      starts.append(starts[cell] + Int32(room))
      if room > 0 { wanted[given].append(Int32(truth)) }
    }
    self.starts = starts
    self.wanted = wanted
    sizes = [Int32](repeating: 0, count: counts.count)
    margins = [Double](repeating: 0, count: Int(starts[counts.count]))
    rows = [Int32](repeating: 0, count: margins.count)
  }

  /// Takes in the margin of a row; rows must come in rising order.
  mutating func add(_ margin: Double, row: Int32, given: Int, truth: Int) {
    let cell = given * classes + truth
    let start = Int(starts[cell])
    let (room, size) = (Int(starts[cell + 1]) - start, Int(sizes[cell]))
    if size < room {
      margins[start + size] = margin
      rows[start + size] = row
      sizes[cell] += 1
      rise(start, size)
    } else if room > 0, margin > margins[start] {
      margins[start] = margin
      rows[start] = row
      sink(start, size)
    }
  }

  /// Takes in what another has found in later rows.
  mutating func merge(_ other: LargestMargins) {
    for cell in sizes.indices {
      let start = Int(other.starts[cell])
      let held = (start..<start + Int(other.sizes[cell])).sorted { other.rows[$0] < other.rows[$1] }
      for place in held {
        add(
          other.margins[place], row: other.rows[place], given: cell / classes, truth: cell % classes
        )
      }
    }
  }

  /// All rows held, in no order.
  var found: [Int32] {
    sizes.indices.flatMap { cell in rows[Int(starts[cell])..<Int(starts[cell] + sizes[cell])] }
  }

  /// Whether the first is worse: the root of a heap is its worst.
  private func isWorse(_ a: Int, _ b: Int) -> Bool {
    margins[a] == margins[b] ? rows[a] > rows[b] : margins[a] < margins[b]
  }

  private mutating func swap(_ a: Int, _ b: Int) {
    margins.swapAt(a, b)
    rows.swapAt(a, b)
  }

  private mutating func rise(_ start: Int, _ last: Int) {
    var place = last
    while place > 0, isWorse(start + place, start + (place - 1) / 2) {
      swap(start + place, start + (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func sink(_ start: Int, _ size: Int) {
    var place = 0
    while true {
      var worst = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < size && isWorse(start + child, start + worst) { worst = child }
      guard worst != place else { return }
      swap(start + place, start + worst)
      place = worst
    }
  }
}
