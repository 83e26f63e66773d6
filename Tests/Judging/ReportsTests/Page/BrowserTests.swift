import Files
import Foundation
import Reports
import TestSupport
import Testing

/// The pages in a real browser, where there is one: `apt-get install chromium`.
@Suite(.serialized, .enabled(if: Browser.path != nil, "no chromium here; apt-get install chromium"))
struct BrowserTests {
  @Test func `a page renders without a word on the console`() throws {
    let names = ["2", "23", "100", "hostile", "nothing", "two"]
    let pages = try names.map { try #require(PageTests.documents[$0]).html() }
    let buttons = try Browser.counts(of: "button#theme", in: pages)
    #expect(
      buttons == Array(repeating: 1, count: names.count), "the script ran and showed its button")
  }

  @Test(arguments: ["100", "hostile", "nothing"])
  func `a page prints`(name: String) throws {
    let document = try #require(PageTests.documents[name])
    try withTemporaryFolder { folder in
      let page = FilePath.join(folder, "page.html")
      try AtomicFile.write(document.html(), to: page)
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

  @Test func `nothing hangs over the edge of telephone, tablet or desk`() throws {
    let script = """
      document.title=document.documentElement.scrollWidth<=innerWidth?'fits '+innerWidth:'wide '
      +document.documentElement.scrollWidth+' of '+innerWidth+' '+[...document.querySelectorAll('main *')]
      .filter(e=>e.getBoundingClientRect().right>innerWidth&&!e.closest('.scroll')).slice(0,3)
      .map(e=>e.tagName+'.'+e.getAttribute('class')).join();
      """
    let widths = [500, 900, 1300, 1440]
    for name in ["2", "hostile", "100", "two"] {
      let page = try #require(PageTests.documents[name]).html()
      let found = try Browser.titles(
        of: widths.map { Browser.Frame(page, width: $0) }, after: script)
      #expect(found == widths.map { "fits \($0)" }, "\(name): \(found)")
    }
  }

  /// The page and its DOM after `script`, for which the policy is taken out.
  private func dom(
    _ document: ReportDocument, script: String
  ) throws -> (page: String, dom: String) {
    let page = document.html()
    return (page, try Browser.dom(of: page, after: script))
  }

  private func title(_ document: ReportDocument, _ script: String) throws -> String {
    try Browser.title(of: document.html(), after: script)
  }
}
