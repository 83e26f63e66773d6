import Batches
import Datasets
import Networks
import Randomness
import TestSupport
import Testing
import Torch

/// Steps, buckets and rows over many drawn inputs.
@Suite("Drawn steps")
struct DrawnStepTests {
  /// Joined, the steps are the beginnings of the orders; a step's key is the epoch's, folded by its number.
  @Test func stepsAreTheOrders() {
    var source = RandomSource(seed: 1)
    for round in 0..<100 {
      let sizes = (0..<1 + source.below(3)).map { _ in 1 + source.below(4) }
      let steps = source.below(6)
      let orders = sizes.enumerated().map { stream, size in
        (0..<steps * size + source.below(stream == 0 ? size : 5)).map { _ in source.below(50) }
      }
      let key = RandomKey(seed: UInt64(round))
      let found = StepRequest.epoch(orders, sizes: sizes, key: key)
      #expect(found.count == steps)
      for (stream, order) in orders.enumerated() {
        #expect(
          found.flatMap { $0.streams[stream] } == Array(order.prefix(steps * sizes[stream])))
      }
      #expect(found.map(\.key) == (0..<steps).map { key.folding($0) })
      #expect(found.allSatisfy { $0.count == sizes.reduce(0, +) })
    }
  }

  /// Batches of one bucket keep the order of the sampler, and only the last ones, fewer than there are buckets left over, mix
  /// several.
  @Test func bucketsKeepTheOrder() {
    func bucket(_ length: Int) -> Int {
      var (k, power) = (0, 2)
      while power <= length { (k, power) = (k + 1, power * 2) }
      return k
    }
    var source = RandomSource(seed: 2)
    for _ in 0..<60 {
      let lengths = (0..<40).map { _ in 1 + source.below(1 << (1 + source.below(8))) }
      let order = (0..<source.below(120)).map { _ in source.below(40) }
      let size = 1 + source.below(7)
      let found = LengthBuckets.ordered(order, lengths: lengths, batchSize: size)
      // A second way: fill buckets by name, give out what is full, then the rest from the shortest on.
      let used = order.count < size ? order.count : order.count - order.count % size
      var (expected, rest) = ([Int](), [[Int]](repeating: [], count: 12))
      for row in order[..<used] {
        let k = bucket(lengths[row])
        rest[k].append(row)
        if rest[k].count == size {
          expected += rest[k]
          rest[k] = []
        }
      }
      #expect(found == expected + rest.flatMap(\.self))
      let batches = stride(from: 0, to: found.count, by: size).map {
        found[$0..<min($0 + size, found.count)].map { lengths[$0] }
      }
      let mixed = batches.count { Set($0.map(bucket)).count > 1 }
      #expect(mixed < max(rest.count { !$0.isEmpty }, 1))
      let (valid, computed) = batches.reduce((0, 0)) {
        ($0.0 + $1.reduce(0, +), $0.1 + $1.count * ($1.max() ?? 0))
      }
      let padding = LengthBuckets.padding(order, lengths: lengths, batchSize: size)
      #expect(close(padding, computed == 0 ? 0 : 1 - Double(valid) / Double(computed)))
      #expect((0..<1).contains(padding))
    }
  }

  private func series(_ source: inout RandomSource, rows: Int, channels: Int) -> (
    store: RowStore, values: [[[Float]]]
  ) {
    let values = (0..<rows).map { _ -> [[Float]] in
      let steps = 1 + source.below(5)
      return (0..<channels).map { _ in (0..<steps).map { _ in Float(source.below(65)) / 8 - 4 } }
    }
    let store = RowStore(
      series: values.flatMap { $0.flatMap(\.self) }, channels: channels,
      steps: values.map { $0[0].count })
    return (store, values)
  }

  /// Every row, channel and step at its place, (x − μ) / σ by the training rows or by itself, and 0 behind the end.
  @Test("series against loops", arguments: [false, true]) func rows(each: Bool) throws {
    var source = RandomSource(seed: 3)
    for _ in 0..<30 {
      let (rows, channels) = (2 + source.below(5), 1 + source.below(3))
      let (store, values) = series(&source, rows: rows, channels: channels)
      let members = source.shuffle(rows)
      let training = Array(members.prefix(1 + source.below(rows)))
      let fitted = Standardization(of: store, members: training, each: each)
      func moments(_ values: [Float]) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
        let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        let deviation = (squares / Double(values.count)).squareRoot()
        return (mean, deviation > 1e-6 ? deviation : 1)
      }
      let inputs = RowInputs(store, members: members, standardization: fitted)
      #expect(inputs.count == rows && inputs.lengths == members.map { values[$0][0].count })
      let wanted = (0..<1 + source.below(6)).map { _ in source.below(rows) }
      var found: Inputs?
      try inputs.run(
        [StepRequest(streams: [[], wanted], key: RandomKey(seed: 0))], views: [.standard, .strong]
      ) { found = try $0.inputs(stream: 1, on: .cpu) }
      let batch = try #require(found)
      let steps = wanted.map { values[members[$0]][0].count }
      let longest = steps.max() ?? 0
      #expect(batch.values.shape == [wanted.count, channels, longest] && batch.lengths == steps)
      let expected = wanted.flatMap { example -> [Double] in
        (0..<channels).flatMap { channel -> [Double] in
          let own = values[members[example]][channel]
          let (mean, deviation) = moments(
            each ? own : training.flatMap { values[$0][channel] })
          return own.map { (Double($0) - mean) / deviation }
            + [Double](repeating: 0, count: longest - own.count)
        }
      }
      #expect(
        difference(
          batch.values.scalars(as: Double.self), expected, relative: 1e-4, absolute: 1e-5) == nil)
    }
  }

  /// From the longest to the shortest, equal ones in the order of the data, each once, in batches of one size but the last.
  @Test func everyRowFromTheLongest() {
    var source = RandomSource(seed: 4)
    for _ in 0..<40 {
      let (store, values) = series(&source, rows: 1 + source.below(20), channels: 1)
      let fitted = Standardization(of: store, members: [0])
      let inputs = RowInputs(
        store, members: Array(0..<store.count), standardization: fitted)
      let size = 1 + source.below(6)
      let found = inputs.everyRow(batchSize: size)
      let rows = found.flatMap { $0.streams[0] }
      #expect(rows.sorted() == Array(0..<store.count))
      for (one, next) in zip(rows, rows.dropFirst()) {
        let (a, b) = (values[one][0].count, values[next][0].count)
        #expect(a > b || a == b && one < next)
      }
      #expect(
        found.dropLast().allSatisfy { $0.count == size } && found.allSatisfy { $0.count <= size })
    }
  }

  /// Features in other units, x ↦ a x + b with a above 0, are standardised to the same numbers; rows in another order have the
  /// same moments; a training part has mean 0 and deviation 1.
  @Test func unitsHaveNoSay() throws {
    var source = RandomSource(seed: 5)
    for _ in 0..<30 {
      let (rows, width) = (2 + source.below(8), 1 + source.below(4))
      let values = (0..<rows * width).map { _ in Float(source.below(257)) / 16 }
      let other = values.map { $0 * 4 - 32 }
      func standardized(_ values: [Float], _ order: [Int]) throws -> (Standardization, [Double]) {
        let store = RowStore(features: values, width: width)
        let fitted = Standardization(of: store, members: order)
        var found: [Double] = []
        try RowInputs(store, members: Array(0..<rows), standardization: fitted).run(
          [StepRequest(streams: [Array(0..<rows)], key: RandomKey(seed: 0))], views: [.standard]
        ) { found = try $0.inputs(stream: 0, on: .cpu).values.scalars(as: Double.self) }
        return (fitted, found)
      }
      let all = Array(0..<rows)
      let (plain, numbers) = try standardized(values, all)
      let (_, scaled) = try standardized(other, source.shuffle(rows))
      // A constant feature is left where it is centred, whatever the unit.
      #expect(difference(scaled, numbers, absolute: 1e-3) == nil)
      for d in 0..<width {
        let column = all.map { numbers[$0 * width + d] }
        let mean = column.reduce(0, +) / Double(rows)
        let square = column.reduce(0) { $0 + $1 * $1 } / Double(rows)
        #expect(abs(mean) < 1e-3)
        let isConstant = Set(all.map { values[$0 * width + d] }).count == 1
        #expect(abs(square - (isConstant ? 0 : 1)) < 1e-3)
        #expect(!isConstant || plain.std[d] == 1)
      }
    }
  }
}
