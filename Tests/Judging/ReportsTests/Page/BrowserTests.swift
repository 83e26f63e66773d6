import Files
import Foundation
import Reports
import TestSupport
import Testing

/// The pages in a real browser, where there is one: `apt-get install chromium`.
@Suite(.serialized, .enabled(if: Browser.path != nil, "no chromium here; apt-get install chromium"))
struct BrowserTests {
  @Test(arguments: ["2", "23", "100", "hostile", "nothing", "two"])
  func `a page renders without a word on the console, and prints`(name: String) throws {
    let document = try #require(PageTests.documents[name])
    try withTemporaryFolder { folder in
      let page = FilePath.join(folder, "page.html")
      try AtomicFile.write(document.html(), to: page)
      let run = try Browser.run(["--dump-dom"], page)
      #expect(!run.errors.contains("CONSOLE"), "\(run.errors)")
      #expect(run.output.contains("id=\"theme\">"), "the script ran and showed its button")
      let pdf = FilePath.join(folder, "page.pdf")
      let print = try Browser.run(["--no-pdf-header-footer", "--print-to-pdf=\(pdf)"], page)
      #expect(!print.errors.contains("CONSOLE"))
      #expect(try FileBytes.read(pdf).starts(with: Array("%PDF".utf8)))
    }
  }

  @Test func `hostile names execute nothing, even without the policy`() throws {
    let document = try #require(PageTests.documents["hostile"])
    let (page, run) = try dom(document, script: "")
    #expect(page.contains("Content-Security-Policy"))
    #expect(
      !run.contains("<img src=\"x\"") && run.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!run.contains("onmouseover=\"x\"") && !run.contains("onerror=\""))
  }

  @Test func `tables sort by number, undefined last, and filter by name`() throws {
    let document = try #require(PageTests.documents["23"])
    let script = """
      const t=document.querySelector('table.classes'),h=[...t.tHead.rows[0].cells];
      const names=()=>[...t.tBodies[0].rows].filter(r=>!r.hidden).map(r=>r.cells[0].querySelector('bdi').textContent);
      const values=()=>[...t.tBodies[0].rows].map(r=>Number(r.cells[2].dataset.v));
      h[2].querySelector('.sort').click();const down=values();
      h[2].querySelector('.sort').click();const up=values();
      const i=t.closest('.table').querySelector('input');i.value='class-01';i.dispatchEvent(new Event('input'));
      const ok=(v,s)=>v.every((x,k)=>!k||s*(x-v[k-1])>=0);
      document.title=[ok(down,-1),ok(up,1),h[2].getAttribute('aria-sort'),names().length].join(' ');
      """
    #expect(try title(document, script) == "true true ascending 10")
  }

  @Test func `curves are read by pointer and by keys`() throws {
    let document = try #require(PageTests.documents["23"])
    let script = """
      const s=document.querySelector('svg[data-frame]'),r=document.getElementById('readout'),b=s.getBoundingClientRect();
      s.dispatchEvent(new PointerEvent('pointermove',{clientX:b.left+b.width/2,clientY:b.top+9}));
      const a=r.hidden+' '+r.textContent.split('\\n')[0].split(' ')[0];
      s.dispatchEvent(new KeyboardEvent('keydown',{key:'Escape'}));const c=r.hidden;
      s.dispatchEvent(new KeyboardEvent('keydown',{key:'ArrowRight'}));
      document.title=[a,c,r.hidden,s.tabIndex].join(' ');
      """
    #expect(try title(document, script) == "false epoch true false 0")
  }

  @Test func `the toggle changes the theme`() throws {
    let document = try #require(PageTests.documents["2"])
    let script = """
      const b=document.getElementById('theme'),c=()=>getComputedStyle(document.body).backgroundColor;
      const x=c();b.click();const y=c();b.click();document.title=[x!==y,x===c()].join(' ');
      """
    #expect(try title(document, script) == "true true")
  }

  @Test(arguments: [500, 900, 1300, 1440])
  func `nothing hangs over the edge of telephone, tablet or desk`(width: Int) throws {
    for name in ["2", "hostile", "100", "two"] {
      let document = try #require(PageTests.documents[name])
      let script = """
        document.title=document.documentElement.scrollWidth<=innerWidth?'fits':'wide '
        +document.documentElement.scrollWidth+' of '+innerWidth+' '+[...document.querySelectorAll('main *')]
        .filter(e=>e.getBoundingClientRect().right>innerWidth&&!e.closest('.scroll')).slice(0,3)
        .map(e=>e.tagName+'.'+e.getAttribute('class')).join();
        """
      let found = try title(document, script, options: ["--window-size=\(width),900"])
      #expect(found == "fits", "\(name): \(found)")
    }
  }

  /// The page and its DOM after `script`, for which the policy is taken out.
  private func dom(
    _ document: ReportDocument, script: String, options: [String] = []
  ) throws -> (page: String, dom: String) {
    let page = document.html()
    return (page, try Browser.dom(of: page, after: script, options))
  }

  private func title(
    _ document: ReportDocument, _ script: String, options: [String] = []
  ) throws -> String {
    try Browser.title(of: document.html(), after: script, options)
  }
}

/// A headless Chromium.
enum Browser {
  static let path = ["chromium", "chromium-browser", "google-chrome"]
    .map { "/usr/bin/" + $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The DOM of a page after a script, for which the policy is taken out, so that it runs; the console stays empty.
  static func dom(of page: String, after script: String, _ options: [String]) throws -> String {
    let open = page.replacing("http-equiv=\"Content-Security-Policy\"", with: "name=\"no-policy\"")
      .replacing("</body>", with: "<script>\(script)</script></body>")
    return try withTemporaryFolder { folder in
      let path = FilePath.join(folder, "page.html")
      try AtomicFile.write(open, to: path)
      let run = try run(options + ["--dump-dom"], path)
      #expect(!run.errors.contains("CONSOLE"), "\(run.errors)")
      return run.output
    }
  }

  /// The title that such a script sets.
  static func title(of page: String, after script: String, _ options: [String]) throws -> String {
    let text = try dom(of: page, after: script, options)
    return String(text.firstMatch(of: /<title>([^<]*)<\/title>/)?.1 ?? "")
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
