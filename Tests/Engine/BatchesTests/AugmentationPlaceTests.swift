import Batches
import Imaging
import Networks
import Randomness
import Testing
import Torch

/// Who augments, by what workers did with their time, and what becomes of a device that gives other bytes.
@Suite struct AugmentationPlaceTests {
  private func times(_ reading: Double, _ augmenting: Double, _ waiting: Double) -> WorkerTimes {
    var times = WorkerTimes()
    (times.reading, times.augmenting, times.waiting) = (reading, augmenting, waiting)
    return times
  }

  @Test func theLimitIsAugmentation() {
    #expect(times(3, 2, 0).isLimitedByAugmentation)
    #expect(times(8, 2, 0.5).isLimitedByAugmentation)
    #expect(!times(8, 2, 0.6).isLimitedByAugmentation, "workers wait for the trainer")
    #expect(!times(9, 2, 0).isLimitedByAugmentation, "reading takes longer by far")
    #expect(!WorkerTimes().isLimitedByAugmentation)
  }

  @Test func autoMovesOnceToACUDADevice() {
    let place = AugmentationPlace(.auto, on: .cuda(1))
    #expect(!place.leaves)
    place.note(times(1, 9, 0), steps: 19, seconds: 1)
    #expect(!place.leaves, "too few steps say nothing")
    place.note(times(1, 9, 5), steps: 500, seconds: 1)
    #expect(!place.leaves && place.takeWords() == [])
    place.note(times(1, 9, 0), steps: 20, seconds: 2)
    #expect(place.leaves)
    place.note(times(1, 9, 0), steps: 40, seconds: 4.1)
    #expect(
      place.takeWords() == [
        "augmentation moves to cuda:1 from the next epoch on: the threads that prepare images are the limit "
          + "(--augment-on workers keeps it there)"
      ])
    place.note(times(1, 0, 0), steps: 20, seconds: 9)
    #expect(place.takeWords() == [] && place.leaves, "one epoch there decides")
  }

  @Test func autoComesBackForGoodWhereTheDeviceIsSlower() {
    let place = AugmentationPlace(.auto, on: .cuda(0))
    place.note(times(1, 9, 0), steps: 20, seconds: 2)
    _ = place.takeWords()
    place.note(times(1, 1, 0), steps: 20, seconds: 2.2)
    #expect(!place.leaves)
    #expect(
      place.takeWords() == [
        "augmentation moves back to the threads that prepare images: a step took 1.05 times as long, or more, on cuda:0"
      ])
    place.note(times(1, 9, 0), steps: 20, seconds: 2)
    #expect(!place.leaves && place.takeWords() == [])
  }

  @Test func metalCannot() {
    #expect(AugmentationChoice.device.problem(on: .mps)?.hasPrefix("Metal has no float64") == true)
    #expect(AugmentationChoice.auto.problem(on: .mps) == nil)
    #expect(AugmentationChoice.device.problem(on: .cuda(0)) == nil)
  }

  @Test(arguments: [
    (AugmentationChoice.auto, Device.cpu, false), (.auto, .mps, false), (.workers, .cuda(0), false),
    (.device, .cuda(0), true), (.device, .cpu, true),
  ])
  func othersStayWhereTheyAre(choice: AugmentationChoice, device: Device, leaves: Bool) {
    let place = AugmentationPlace(choice, on: device)
    place.note(times(1, 9, 0), steps: 1000, seconds: 1)
    #expect(place.leaves == leaves && place.takeWords() == [])
  }

  private let size = ImageSize(6)

  /// Batches of mirrored and brightened noise, by a place.
  private func batches(_ place: AugmentationPlace?) throws -> [Tensor] {
    let images = ImageStore(count: 24, atLeast: nil, prepare: Identity(), budget: 0) { row, _ in
      var source = RandomKey(seed: 3).folding(row).source
      let pixels = (0..<108).map { _ in UInt8(source.below(256)) }
      return Image(width: 6, height: 6, channels: 3, pixels: pixels)
    }
    let inputs = ImageInputs(
      images: images, size: size, normalization: Normalization(mean: [0, 0, 0], std: [1, 1, 1]),
      workers: 2, place: place
    ) { _ in Chain([HorizontalFlip(), ColorJitter(brightness: 0.4)]) }
    var result: [Tensor] = []
    let requests = StepRequest.epoch([Array(0..<24)], batchSize: 12, key: RandomKey(seed: 1))
    try inputs.run(requests, views: [.standard]) { step in
      result.append(try step.inputs(stream: 0, on: .cpu).values)
    }
    return result
  }

  private func scalars(_ tensors: [Tensor]) -> [[Float]] { tensors.map { $0.scalars() } }

  @Test func theDeviceGivesTheSameBatches() throws {
    let place = AugmentationPlace(.device, on: .cpu)
    #expect(scalars(try batches(place)) == scalars(try batches(nil)))
    #expect(place.takeWords() == [] && place.leaves && place.made == 24)
  }

  /// What is made of the second batch fails, as without room.
  @Test func aDeviceThatFailsIsLeft() throws {
    nonisolated(unsafe) var made = 0
    let place = AugmentationPlace(.device, on: .cpu) { images, size, device in
      if images.contains(where: { $0.left.operations > 0 }) {
        made += 1
        if made == 3 { throw Full() }
      }
      return try DeviceAugmentation(size: size).finished(images, on: device)
    }
    #expect(scalars(try batches(place)) == scalars(try batches(nil)))
    #expect(!place.leaves && made == 3)
    #expect(
      place.takeWords() == [
        "augmentation on cpu failed (Full()): the threads that prepare images make it; please report the device"
      ])
  }

  private struct Full: Error {}

  /// One byte of a device's first image is another, in the first batch or in the second.
  @Test(arguments: [0, 1])
  func aDeviceOfOtherBytesIsNotTrusted(wrong: Int) throws {
    nonisolated(unsafe) var batch = -1
    let place = AugmentationPlace(.device, on: .cpu) { images, size, device in
      let made = try DeviceAugmentation(size: size).finished(images, on: device)
      guard images.contains(where: { $0.left.operations > 0 }) else { return made }
      if images.count == 8 { batch += 1 }
      guard batch == wrong else { return made }
      var bytes: [UInt8] = made.scalars()
      bytes[5] &+= 1
      return Tensor(bytes, shape: made.shape)
    }
    #expect(scalars(try batches(place)) == scalars(try batches(nil)))
    #expect(!place.leaves)
    #expect(
      place.takeWords() == [
        "augmentation on cpu gives other bytes than the processor: the threads that prepare images make it; please report the device"
      ])
  }
}
