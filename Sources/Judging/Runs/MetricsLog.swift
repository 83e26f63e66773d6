import Files

/// What every epoch did, with the time it took: `metrics.jsonl`, a line for each epoch.
public struct MetricsLog: Sendable, Equatable {
  /// One line.
  public struct Line: VersionedJSON, Equatable {
    /// What the epoch did.
    public var record: EpochRecord
    /// Seconds it took; `nil` where not known.
    public var seconds: Double?

    /// A line of its parts.
    public init(record: EpochRecord, seconds: Double? = nil) {
      (self.record, self.seconds) = (record, seconds)
    }
  }

  /// The epochs, in order.
  public var lines: [Line]

  /// A log of its lines.
  public init(_ lines: [Line] = []) { self.lines = lines }

  /// The epochs, without their seconds.
  public var records: [EpochRecord] { lines.map(\.record) }

  /// Place in ``lines`` of the epoch whose weights are the model: the last that was the best so far;
  /// `nil` without epochs.
  public var keptIndex: Int? { lines.lastIndex { $0.record.isBest } ?? lines.indices.last }

  /// The epoch whose weights are the model; `nil` without epochs.
  public var kept: EpochRecord? { keptIndex.map { lines[$0].record } }

  /// Reads a log.
  ///
  /// - Throws: ``RunFileError``, with the number of the line that is wrong.
  public static func read(_ path: String) throws(RunFileError) -> MetricsLog {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw RunFileError(error, remedy: Line.remedy)
    }
    return try MetricsLog(decoding: bytes, name: path)
  }

  /// Reads a log; nil where there is none.
  ///
  /// - Throws: ``RunFileError`` as ``read(_:)``.
  public static func readIfPresent(_ path: String) throws(RunFileError) -> MetricsLog? {
    FilePath.isFile(path) ? try read(path) : nil
  }

  /// Reads the bytes of a log; `name` is what errors call it. Empty lines are skipped.
  ///
  /// - Throws: ``RunFileError`` as ``read(_:)``.
  public init(decoding bytes: [UInt8], name: String) throws(RunFileError) {
    lines = []
    let texts = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, text) in texts.enumerated() where !text.isEmpty {
      do throws(RunFileError) {
        lines.append(try Line.decode(Array(text), name: name))
      } catch {
        guard case .damaged(.malformed(let path, let reason), let remedy) = error else {
          throw error
        }
        throw .damaged(
          .malformedLine(path: path, line: index + 1, reason: reason), remedy: remedy)
      }
    }
  }

  /// Writes the log atomically.
  ///
  /// - Throws: `FileError` as `AtomicFile`; `EncodingError` for a number that is not finite.
  public func write(to path: String) throws {
    try AtomicFile.write(lines.flatMap { try $0.encodedLine() }, to: path)
  }
}
