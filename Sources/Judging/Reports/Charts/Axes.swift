/// Two axes with their grid, ticks and titles.
struct Axes {
  let x: Scale
  let y: Scale
  let xTitle: String
  let yTitle: String
  var xTicks = 4
  var yTicks = 4

  var html: HTML {
    let (xs, ys) = (x.ticks(xTicks), y.ticks(yTicks))
    let (xStep, yStep) = (x.step(xTicks), y.step(yTicks))
    let horizontal = ys.map { tick -> HTML in
      """
      <line x1="\(x.start)" x2="\(x.end)" y1="\(y(tick))" y2="\(y(tick))"/>\
      <text class="e" x="\(x.start - 5)" y="\(y(tick) + 3.5)">\(Figures.tick(tick, step: yStep))</text>
      """
    }
    let vertical = xs.map { tick -> HTML in
      """
      <line x1="\(x(tick))" x2="\(x(tick))" y1="\(y.end)" y2="\(y.start)"/>\
      <text class="m" x="\(x(tick))" y="\(y.start + 14)">\(Figures.tick(tick, step: xStep))</text>
      """
    }
    return """
      <g class="axes">\(horizontal)\(vertical)\
      <text class="m t" x="\((x.start + x.end) / 2)" y="\(y.start + 29)">\(xTitle)</text>\
      <text class="s t" x="\(x.start)" y="\(y.end - 8)">\(yTitle)</text></g>
      """
  }
}
