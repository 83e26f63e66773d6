/// What the page can do beyond being read: sort and filter tables, read values off curves, change the
/// theme. Without it everything is still there.
enum Script {
  static let text = "(()=>{'use strict';\n" + theme + tables + curves + "})();"

  private static let theme = """
    const root=document.documentElement,button=document.getElementById('theme');
    const dark=()=>(root.dataset.theme||(matchMedia('(prefers-color-scheme:dark)').matches?'dark':'light'))==='dark';
    const label=()=>{button.textContent=dark()?'Light':'Dark';};
    const stored=()=>{try{return localStorage.getItem('steelyard-theme');}catch{return null;}};
    if(stored())root.dataset.theme=stored();
    button.hidden=false;label();
    button.addEventListener('click',()=>{root.dataset.theme=dark()?'light':'dark';label();
    try{localStorage.setItem('steelyard-theme',root.dataset.theme);}catch{}});
    addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(d=>{d.open=true;}));

    """

  private static let tables = """
    const number=cell=>cell.dataset.v===undefined?NaN:Number(cell.dataset.v);
    const order=(a,b,i,sign)=>{const x=number(a.cells[i]),y=number(b.cells[i]);
    if(isNaN(x)&&isNaN(y))return sign*a.cells[i].textContent.localeCompare(b.cells[i].textContent);
    if(isNaN(x))return 1;if(isNaN(y))return -1;return sign*(x-y);};
    document.querySelectorAll('table[data-sort]').forEach(table=>{const body=table.tBodies[0];
    const heads=[...table.tHead.rows[0].cells];
    heads.forEach((head,i)=>{if(head.querySelector('.hide'))return;
    const sort=document.createElement('button');sort.type='button';sort.className='sort';
    sort.textContent='↕';sort.setAttribute('aria-label','Sort by '+head.textContent.trim());head.append(sort);
    sort.addEventListener('click',()=>{const down=head.getAttribute('aria-sort')==='descending';
    const first=head.classList.contains('n')?'descending':'ascending';
    const next=head.hasAttribute('aria-sort')?(down?'ascending':'descending'):first;
    heads.forEach(h=>{h.removeAttribute('aria-sort');const s=h.querySelector('.sort');if(s)s.textContent='↕';});
    head.setAttribute('aria-sort',next);sort.textContent=next==='ascending'?'↑':'↓';
    const sign=next==='ascending'?1:-1;
    [...body.rows].sort((a,b)=>order(a,b,i,sign)).forEach(row=>body.append(row));});});});
    document.querySelectorAll('input[data-filter]').forEach(input=>{const box=input.closest('.table');
    box.querySelector('.tool').hidden=false;
    const rows=[...box.querySelectorAll('tbody tr')],out=box.querySelector('output');
    input.addEventListener('input',()=>{const word=input.value.toLowerCase();let shown=0;
    rows.forEach(row=>{row.hidden=!row.cells[0].textContent.toLowerCase().includes(word);if(!row.hidden)shown++;});
    out.textContent=word?shown+' of '+rows.length:'';});});

    """

  private static let curves = """
    const readout=document.getElementById('readout'),space='http://www.w3.org/2000/svg';
    const figure=v=>Math.abs(v)>=100?v.toFixed(0):Math.abs(v)>=0.001||v===0?v.toFixed(3):v.toExponential(1);
    document.querySelectorAll('svg[data-frame]').forEach(svg=>{
    const [x0,x1,y0,y1,a,b,c,d]=svg.dataset.frame.split(' ').map(Number);
    const lines=[...svg.querySelectorAll('polyline[data-name]')].map(line=>({name:line.dataset.name,
    points:line.getAttribute('points').split(' ').filter(Boolean).map(p=>p.split(',').map(Number))}));
    if(!lines.some(line=>line.points.length))return;
    const cross=document.createElementNS(space,'path');cross.setAttribute('class','cross');svg.append(cross);
    const at=(line,px)=>{const p=line.points;if(!p.length)return null;let best=p[0];
    for(const q of p)if(Math.abs(q[0]-px)<Math.abs(best[0]-px))best=q;return best;};
    const value=([px,py])=>[a+(px-x0)/(x1-x0)*(b-a),c+(py-y0)/(y1-y0)*(d-c)];
    const show=(px,left,top)=>{const found=lines.map(line=>[line,at(line,px)]).filter(f=>f[1]);
    const [first]=found;const x=value(first[1])[0];
    cross.setAttribute('d','M'+first[1][0]+' '+y0+'V'+y1+found.map(f=>'M'+(f[1][0]-3)+' '+f[1][1]+'h6').join(''));
    readout.textContent=svg.dataset.x+' '+figure(x)+found.map(f=>'\\n'+(lines.length>1?f[0].name+': ':'')
    +svg.dataset.y+' '+figure(value(f[1])[1])).join('');
    readout.hidden=false;
    readout.style.left=Math.max(4,Math.min(innerWidth-readout.offsetWidth-8,left+14))+'px';
    readout.style.top=Math.max(4,top-readout.offsetHeight-10)+'px';};
    const hide=()=>{readout.hidden=true;cross.removeAttribute('d');};
    svg.addEventListener('pointermove',event=>{const box=svg.getBoundingClientRect();
    show((event.clientX-box.left)/box.width*svg.viewBox.baseVal.width,event.clientX,event.clientY);});
    svg.addEventListener('pointerleave',hide);
    svg.setAttribute('tabindex','0');let place=0;
    svg.addEventListener('keydown',event=>{const step={ArrowRight:1,ArrowLeft:-1}[event.key];
    if(event.key==='Escape')return hide();if(!step)return;event.preventDefault();
    const p=lines[0].points;place=Math.max(0,Math.min(p.length-1,place+step));
    const box=svg.getBoundingClientRect(),scale=box.width/svg.viewBox.baseVal.width;
    show(p[place][0],box.left+p[place][0]*scale,box.top+p[place][1]*scale);});
    svg.addEventListener('blur',hide);});

    """
}
