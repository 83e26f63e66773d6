import Batches
import Foundation
import Imaging
import Inference
import Networks
import Plans
import Randomness
import Requirements
import Sampling
import Sessions
import Torch

extension Trainer {
  /// What is left of the current epoch.
  func trainEpoch() throws {
    let requests = requests(for: state.epoch)
    observer.epochBegan(
      state.epoch + 1, of: plan.epochs, step: state.step, steps: requests.count)
    if state.step == 0 {
      session = try session.refreshedIfDue(
        with: tools(of: moment.key("refresh"), stage: state.stage), at: moment)
    }
    guard !requests.isEmpty else { return try stopIfAsked() }
    let started = ContinuousClock.now
    let views = timeline.stage(at: state.epoch).views
    defer { sources.place.takeWords().forEach(observer.said) }
    try sources.train.run(Array(requests[state.step...]), views: views) { inputs in
      // A group of accumulated steps is finished first: half a gradient cannot be saved.
      if state.step % plan.accumulation == 0 { try stopIfAsked() }
      try step(inputs, of: requests.count)
      if unread.isDue { try readLosses() }
      observer.stepEnded(
        state.step, of: requests.count, loss: state.meanLoss,
        seconds: (ContinuousClock.now - started) / .seconds(1))
      try saveIfDue(requests.count)
    }
  }

  /// Which rows every step of an epoch draws, a list for each view; a function of seed and epoch alone. None where
  /// nothing learns.
  func requests(for epoch: Int) -> [StepRequest] {
    let stage = timeline.stage(at: epoch)
    guard stage.trains != .nothing else { return [] }
    let size = min(plan.batchSize, data.train.count)
    let labelled = stage.streams.enumerated().flatMap { number, stream in
      var source = key.folding("sampler").folding(epoch).folding(number).source
      let order = self.order(of: stream, progress: timeline.progress(at: epoch), using: &source)
      let batches = batched(order, size)
      return stream.views.map { _ in batches }
    }
    var (orders, sizes) = (labelled, labelled.map { _ in size })
    if let unlabelled = stage.unlabelled {
      let rows = unlabelledOrder(of: epoch, count: stepsPerEpoch * size * unlabelled.ratio)
      orders += unlabelled.views.map { _ in rows }
      sizes += unlabelled.views.map { _ in size * unlabelled.ratio }
    }
    return StepRequest.epoch(
      orders, sizes: sizes, key: key.folding("augment").folding(epoch))
  }

  /// The rows that a stream draws in an epoch.
  private func order(
    of stream: Plans.Stream, progress: Double, using source: inout some RandomNumberGenerator
  ) -> [Int] {
    guard let table = data.labelTable else {
      return stream.sampler.indices(
        for: data.labels, classes: data.counts, progress: progress, using: &source)
    }
    guard let sampler = stream.sampler as? any LabelSampler else {
      requirementFailed(
        "Trainer: expected a method whose samplers draw labels, got \(type(of: stream.sampler))")
    }
    return sampler.indices(of: table, progress: progress, using: &source)
  }

  /// An order in which batches hold rows of like length, where rows are of unequal length.
  private func batched(_ order: [Int], _ size: Int) -> [Int] {
    guard let lengths = sources.train.lengths else { return order }
    return LengthBuckets.ordered(order, lengths: lengths, batchSize: size)
  }

  /// All images in random order, begun again until there are enough.
  private func unlabelledOrder(of epoch: Int, count: Int) -> [Int] {
    let all = data.train.count + (data.unlabelled?.count ?? 0)
    var (source, order) = (key.folding("unlabelled").folding(epoch).source, [Int]())
    while order.count < count { order += source.shuffle(all) }
    return Array(order.prefix(count))
  }

  /// One step: forward, backward, and an update where a group of steps is complete.
  func step(_ inputs: StepInputs, of steps: Int) throws {
    let bounds = plan.preprocessing.bounds(on: plan.device)
    let labelled = timeline.stage(at: state.epoch).streams.reduce(0) { $0 + $1.views.count }
    let batches = try inputs.request.streams.enumerated().map { number, rows in
      Batch(
        inputs: try inputs.inputs(stream: number, on: plan.device),
        target: number < labelled
          ? data.target(of: rows) : Target(unknown: rows.count),
        examples: rows, bounds: bounds)
    }
    let group = state.step / plan.accumulation
    let size = min(plan.accumulation, steps - group * plan.accumulation)
    let recorder = records?.recorder(at: state, of: steps)
    let (terms, loss) = session.step(
      batches, at: moment, share: 1 / Double(size), recording: recorder)
    if let values = recorder?.values { try records?.append(values, at: state) }
    unread.append(loss, step: state.step, of: terms.batch)
    state.step += 1
    if state.step == group * plan.accumulation + size {
      session.update(rate: rate(steps))
      state.updates += 1
    }
    note(terms.batch)
  }

  /// Takes the losses that were not read yet into the mean of the epoch.
  ///
  /// - Throws: `TrainingError.notFinite` of the first step whose loss is NaN or infinite. Weights have followed
  ///   it by then, so this comes before whatever is saved.
  func readLosses() throws {
    for entry in unread.read() {
      guard entry.loss.isFinite else { throw notFinite(entry) }
      state.lossSum += entry.loss * Double(entry.count)
      state.lossCount += entry.count
    }
  }

  private func note(_ batch: Batch) {
    if let lambda = batch.lambda {
      state.mixingSum += lambda
      state.mixed += 1
    }
    state.drawn.add(rows: batch.examples, of: data, mass: data.mass(of: batch))
  }

  /// When the step that comes happens.
  private var moment: Moment {
    Moment(
      stage: timeline.index(at: state.epoch), epoch: state.epoch,
      stageEpoch: state.epoch - timeline.start(of: timeline.index(at: state.epoch)),
      step: state.step,
      progress: timeline.progress(at: state.epoch), elapsed: timeline.elapsed(at: state.epoch),
      key: key)
  }

  /// The learning rate of the step that ends now: on its course over the run, or over the stage where that
  /// begins it anew.
  func rate(_ steps: Int) -> Double {
    let index = timeline.index(at: state.epoch)
    guard timeline.stage(numbered: index).trains != .nothing else { return 0 }
    var (first, epochs, factor) = (0, plan.epochs, 1.0)
    if case .restarts(let scale) = timeline.stage(at: state.epoch).rate {
      (first, epochs, factor) = (timeline.start(of: index), timeline.length(of: index), scale)
    }
    let done = Double((state.epoch - first) * steps + state.step - 1)
    let progress = done / Double(max(epochs * steps - 1, 1))
    return plan.learningRate * factor * plan.schedule.factor(progress, state.plateau)
  }

  private func notFinite(_ entry: UnreadLosses.Entry) -> TrainingError {
    .notFinite(
      loss: "\(entry.loss)", epoch: state.epoch + 1, step: entry.step + 1,
      files: entry.examples.map { data.train.paths[$0] },
      lastGood: lastCheckpoint)
  }
}
