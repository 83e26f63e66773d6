import Foundation

/// The name of a run directory.
enum RunName {
  /// `20261121-101500-balanced-mixup-mobilenet-v2`: local time, method, network.
  static func make(_ options: TrainOptions, at date: Date = Date()) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyyMMdd-HHmmss"
    let words = "\(options.method)-\(options.model)"
    let name = words.map { $0 == "_" || $0 == "/" || $0.isWhitespace ? "-" : String($0) }.joined()
    return formatter.string(from: date) + "-" + name
  }
}
