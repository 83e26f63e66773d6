import Batches
import Imaging
import Synchronization

/// An image that was left out of a result, and why.
public struct UnreadableImage: Sendable {
  /// What identifies it to the user.
  public let path: String
  /// What reading it threw.
  public let error: any Error
}

/// Takes down which images cannot be read instead of stopping at the first.
///
/// A black image keeps the place of such a row in its batch; whoever asked takes the row out again.
final class ReadableImages: Sendable {
  private let noted = Mutex<[Int: any Error]>([:])

  /// What reading a row threw, by row.
  var failures: [Int: any Error] { noted.withLock { $0 } }

  /// The set, with black images where there are none; numbers are all readable.
  func images(of set: ExampleSet) -> ExampleSet {
    guard let read = set.read else { return set }
    return ExampleSet(
      paths: set.paths, truths: set.truths, groups: set.groups,
      content: .images { row, atLeast in
        do {
          return try read(row, atLeast)
        } catch {
          self.noted.withLock { $0[row] = error }
          return Image(width: 1, height: 1, channels: 3, pixels: [0, 0, 0])
        }
      })
  }
}
