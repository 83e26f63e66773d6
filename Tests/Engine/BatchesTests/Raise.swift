import Imaging

/// Adds a number to every value, beyond 255 from 0 on.
struct Raise: ImageOperation {
  let amount: UInt8

  init(by amount: UInt8) { self.amount = amount }

  func apply(to image: inout Image) {
    for place in image.pixels.indices { image.pixels[place] &+= amount }
  }

  var onTarget: (any ImageOperation)? { nil }
}
