// Weights sum to 2^22 within a few units, and their sizes to less than 1.5 times that, so a sum stays within 31 bits: the
// arithmetic here does not check for overflow, which lets the compiler use vector instructions.

private let half: Int32 = 1 << (ResampleAxis.precision - 1)

private func level(_ sum: Int32) -> UInt8 {
  UInt8(truncatingIfNeeded: max(0, min(sum &>> ResampleAxis.precision, 255)))
}

extension ResampleAxis {
  /// One row of RGB, `[W, 3]`.
  func mixRGB(_ row: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>) {
    weights.withUnsafeBufferPointer { weights in
      for x in starts.indices {
        var (red, green, blue) = (half, half, half)
        var at = starts[x] &* 3
        for tap in offsets[x]..<offsets[x + 1] {
          let weight = weights[tap]
          red &+= weight &* Int32(row[at])
          green &+= weight &* Int32(row[at &+ 1])
          blue &+= weight &* Int32(row[at &+ 2])
          at &+= 3
        }
        out[3 &* x] = level(red)
        out[3 &* x &+ 1] = level(green)
        out[3 &* x &+ 2] = level(blue)
      }
    }
  }

  /// One row of grey, `[W]`.
  func mixGrey(_ row: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>) {
    weights.withUnsafeBufferPointer { weights in
      for x in starts.indices {
        var sum = half
        var at = starts[x]
        for tap in offsets[x]..<offsets[x + 1] {
          sum &+= weights[tap] &* Int32(row[at])
          at &+= 1
        }
        out[x] = level(sum)
      }
    }
  }

  /// Whole rows of `stride` samples into whole rows.
  func mixRows(
    of source: UnsafeBufferPointer<UInt8>, stride: Int,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: stride) { sums in
      for y in starts.indices {
        sums.update(repeating: half)
        for tap in offsets[y]..<offsets[y + 1] {
          let weight = weights[tap]
          let row = (starts[y] + tap - offsets[y]) * stride
          for i in 0..<stride { sums[i] &+= weight &* Int32(source[row &+ i]) }
        }
        let out = y * stride
        for i in 0..<stride { target[out &+ i] = level(sums[i]) }
      }
    }
  }
}
