import Files
import Foundation
import TestSupport
import Testing

/// A headless Chromium.
enum Browser {
  static let path = ["chromium", "chromium-browser", "google-chrome"]
    .map { "/usr/bin/" + $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }

  /// A page in a frame of its own, as wide as a window would be.
  struct Frame {
    let page: String
    let width: Int

    init(_ page: String, width: Int) { (self.page, self.width) = (page, width) }
  }

  /// The DOM of a page after a script, for which the policy is taken out, so that it runs; the console stays empty.
  static func dom(of page: String, after script: String, _ options: [String] = []) throws -> String
  {
    try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "page.html")
      try AtomicFile.write(opened(page, script), to: path)
      let run = try run(options + ["--dump-dom"], path)
      #expect(!run.errors.contains("CONSOLE"), "\(run.errors)")
      return run.output
    }
  }

  /// The title that such a script sets.
  static func title(of page: String, after script: String) throws -> String {
    title(in: try dom(of: page, after: script))
  }

  /// The titles that a script sets in pages that one browser opens side by side, which is quicker than one after the other.
  static func titles(of frames: [Frame], after script: String) throws -> [String] {
    let open = frames.map { frame in Frame(opened(frame.page, script), width: frame.width) }
    let found = try each(open, "f.contentDocument.title")
    return try JSONDecoder().decode([String].self, from: Data(found.utf8))
  }

  /// How many elements of each of some pages, left as they are, a selector finds.
  static func counts(of selector: String, in pages: [String]) throws -> [Int] {
    let found = try each(
      pages.map { Frame($0, width: 1300) },
      "f.contentDocument.querySelectorAll('\(selector)').length")
    return try JSONDecoder().decode([Int].self, from: Data(found.utf8))
  }

  /// What an expression says of each frame `f` once all are loaded, as JSON; the console stays empty.
  private static func each(_ frames: [Frame], _ expression: String) throws -> String {
    try withTemporaryFolder { folder in
      for (place, frame) in frames.enumerated() {
        try AtomicFile.write(frame.page, to: FilePath.join(folder, "\(place).html"))
      }
      let elements = frames.enumerated().map { place, frame in
        "<iframe src=\"\(place).html\" width=\"\(frame.width)\" height=\"900\" style=\"border:0\"></iframe>"
      }
      let path = FilePath.join(folder, "frames.html")
      try AtomicFile.write(
        "<!doctype html><title></title>\(elements.joined())<script>addEventListener('load',()=>{"
          + "document.title=JSON.stringify([...document.querySelectorAll('iframe')].map(f=>\(expression)))"
          + "})</script>", to: path)
      let run = try run(["--allow-file-access-from-files", "--dump-dom"], path)
      #expect(!run.errors.contains("CONSOLE"), "\(run.errors)")
      return title(in: run.output)
    }
  }

  private static func opened(_ page: String, _ script: String) -> String {
    page.replacing("http-equiv=\"Content-Security-Policy\"", with: "name=\"no-policy\"")
      .replacing("</body>", with: "<script>\(script)</script></body>")
  }

  private static func title(in dom: String) -> String {
    String(dom.firstMatch(of: /<title>([^<]*)<\/title>/)?.1 ?? "")
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
  }

  static func run(_ options: [String], _ page: String) throws -> (output: String, errors: String) {
    try withTemporaryFolder { folder in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path ?? "")
      process.arguments =
        [
          "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder)/profile",
          "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
          "--virtual-time-budget=2000", "--enable-logging=stderr",
        ] + options + ["file://" + page]
      let (out, err) = (FilePath.join(folder, "out"), FilePath.join(folder, "err"))
      for file in [out, err] { try AtomicFile.write([UInt8](), to: file) }
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: err))
      try process.run()
      process.waitUntilExit()
      let text = { (file: String) in String(decoding: try FileBytes.read(file), as: UTF8.self) }
      return (try text(out), try text(err))
    }
  }
}
