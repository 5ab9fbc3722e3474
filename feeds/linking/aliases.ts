import type { SymbolName } from '../../desk/market/types.ts';

/**
 * What people and papers call a company when that is no part of its registered name: abbreviations, brands, former names.
 * Names that several listed companies answer to (`Tata`, `Bajaj`, `ICICI`, `HDFC`) are left out on purpose.
 */
export const ALIASES: Readonly<Record<SymbolName, readonly string[]>> = {
  '360ONE': ['IIFL Wealth'], GAEL: ['Gujarat Ambuja', 'Guj Ambuja', 'Guj Ambuja Exports'], MAHLIFE: ['Mahindra Lifespaces', 'Mahindra Lifespace', 'Mahindra Life Dev'], MHRIL: ['Mahindra Holidays', 'Mahindra Holi', 'Club Mahindra'], MSUMI: ['Motherson Sumi Wiring', 'Motherson Sumi Wirin'],
  POWERINDIA: ['ABB Power Products', 'ABB Power Products and Systems', 'ABB Power Products & Systems', 'ABB Power Products and System', 'Hitachi ABB', 'Hitachi ABB Power Grids', 'Hitachi Energy'], SAFARI: ['Safari Industries'], KSCL: ['Kaveri Seed', 'Kaveri Seeds'], SPARC: ['Sun Pharma Advanced', 'Sun Pharma Adv', 'Sun Pharma Advanced Research'], ABREL: ['Century Textiles', 'Century Textiles & Industries'], CGPOWER: ['Crompton Greaves'], CROMPTON: ['Crompton Greaves'], EASEMYTRIP: ['EaseMyTrip'],
  EPIGRAL: ['Meghmani Finechem'], GESHIP: ['GE Shipping'], GLAXO: ['GSK Pharma', 'GlaxoSmithKline Pharma'], GMRAIRPORT: ['GMR Infra', 'GMR Infrastructure', 'GMR Airports'], NATIONALUM: ['Nalco'], PATANJALI: ['Ruchi Soya', 'Patanjali Foods'], PCBL: ['Phillips Carbon Black'],
  ADANIENSOL: ['Adani Transmission'], AWL: ['Adani Wilmar'], EMBDL: ['Indiabulls Real Estate'], SAMMAANCAP: ['Indiabulls Housing', 'Indiabulls Housing Finance'],
  COFORGE: ['NIIT Technologies', 'NIIT Tech'], INDUSTOWER: ['Bharti Infratel'],
  ATGL: ['Adani Gas', 'Adani Total'], CHAMBLFERT: ['Chambal Fertilisers'], GMDCLTD: ['GMDC'], NAUKRI: ['Info Edge', 'Naukri'], PRSMJOHNSN: ['Prism Cement'], RAINBOW: ["Rainbow Children's Medicare", 'Rainbow Hospitals'], SOLARINDS: ['Solar Industries'], TIINDIA: ['Tube Investments'], UNOMINDA: ['Minda Industries', 'Uno Minda'],
  ABFRL: ['Aditya Birla Fashion', 'Pantaloons'], ADANIENT: ['Adani Enterprises'], ADANIPORTS: ['Adani Ports', 'APSEZ'], AMBUJACEM: ['Ambuja'], APOLLOHOSP: ['Apollo Hospitals'],
  APOLLOTYRE: ['Apollo Tyres'], ASIANPAINT: ['Asian Paints'], 'BAJAJ-AUTO': ['Bajaj Auto'], BAJAJFINSV: ['Bajaj Finserv'], BAJFINANCE: ['Bajaj Finance'], BANKBARODA: ['BoB'],
  BANKINDIA: ['BoI'], BEL: ['Bharat Electronics'], BHARTIARTL: ['Airtel', 'Bharti Airtel', 'Bharti'], BHEL: ['BHEL'], BPCL: ['BPCL'], BRITANNIA: ['Britannia'], CDSL: ['CDSL'],
  COALINDIA: ['Coal India', 'CIL'], CONCOR: ['Container Corp', 'Concor'], DIVISLAB: ["Divi's", "Divi's Labs", 'Divis'], DMART: ['DMart', 'D-Mart'], DRREDDY: ["Dr Reddy's", 'DRL'],
  EICHERMOT: ['Eicher', 'Royal Enfield'], ETERNAL: ['Zomato', 'Blinkit'], GAIL: ['GAIL India'], GICRE: ['GIC Re'], GLAND: ['Gland Pharma'], GODREJCP: ['Godrej Consumer', 'GCPL'],
  HAL: ['Hindustan Aeronautics'], HCLTECH: ['HCL Tech', 'HCLTech', 'HCL Technologies', 'HCL'], HDFCAMC: ['HDFC AMC'], HDFCBANK: ['HDFC Bank'], HDFCLIFE: ['HDFC Life'], HEROMOTOCO: ['Hero MotoCorp', 'Hero Moto'],
  HINDALCO: ['Hindalco', 'Novelis'], HINDPETRO: ['HPCL'], HINDUNILVR: ['HUL', 'Hindustan Unilever'], HINDZINC: ['Hindustan Zinc'], ICICIBANK: ['ICICI Bank'], ICICIGI: ['ICICI Lombard'],
  ICICIPRULI: ['ICICI Prudential Life', 'ICICI Pru Life', 'ICICI Pru'], IDEA: ['Vodafone Idea', 'Idea Cellular', 'Vi'], 'J&KBANK': ['J&K Bank'], INDHOTEL: ['Indian Hotels', 'Taj Hotels'], INDIGO: ['IndiGo', 'InterGlobe'], INDUSINDBK: ['IndusInd'],
  INFY: ['Infosys', 'Infy'], IOC: ['Indian Oil', 'IOCL', 'IndianOil'], IRCTC: ['IRCTC'], JINDALSTEL: ['JSPL', 'Jindal Steel'], JSWSTEEL: ['JSW Steel'], JUBLFOOD: ["Domino's India", 'Jubilant Food'],
  KOTAKBANK: ['Kotak Bank', 'Kotak', 'Kotak Mahindra'], LICI: ['LIC', 'Life Insurance Corporation'], LICHSGFIN: ['LIC Housing', 'LIC Housing Finance'], LT: ['L&T', 'LNT', 'Larsen', 'Larsen & Toubro', 'Larsen and Toubro'],
  LTIM: ['LTIMindtree', 'LTI Mindtree', 'L&T Infotech', 'Larsen & Toubro Infotech', 'Larsen & Turbo Infotech'], 'M&M': ['M&M', 'M and M', 'M & M', 'Mahindra', 'Mahindra & Mahindra', 'Mahindra and Mahindra'], 'M&MFIN': ['M&M Finance', 'M&M Financial', 'Mahindra Finance'], MARUTI: ['Maruti', 'Maruti Suzuki', 'MSIL'],
  MOTHERSON: ['Motherson', 'Samvardhana Motherson', 'Motherson Sumi', 'Motherson Sumi Systems'], NESTLEIND: ['Nestle', 'Nestle India'], NYKAA: ['Nykaa', 'FSN E-Commerce'], OFSS: ['Oracle Financial'], OIL: ['Oil India'],
  ONGC: ['ONGC', 'Oil & Natural Gas Corporation', 'Oil and Natural Gas'], PAYTM: ['Paytm', 'One97', 'One 97 Communications'], PFC: ['Power Finance', 'Power Finance Corporation'], PIDILITIND: ['Pidilite'],
  PNB: ['Punjab National Bank'], POLICYBZR: ['PolicyBazaar', 'PB Fintech'], POWERGRID: ['Power Grid', 'PowerGrid'], RECLTD: ['REC Ltd', 'Rural Electrification'], RELIANCE: ['Reliance', 'RIL', 'Reliance Industries', 'Reliance Jio', 'Jio Platforms', 'Reliance Retail'],
  SBILIFE: ['SBI Life'], SBIN: ['SBI', 'State Bank', 'State Bank of India'], SBICARD: ['SBI Card', 'SBI Cards'], SHRIRAMFIN: ['Shriram Finance', 'Shriram Transport', 'Shriram Transport Finance'], SIEMENS: ['Siemens', 'Siemens India'], SUNPHARMA: ['Sun Pharma', 'Sun Pharmaceutical'],
  SWIGGY: ['Swiggy'], TATACONSUM: ['Tata Consumer', 'Tata Global Beverages', 'Tata Global'], TATAPOWER: ['Tata Power'], TATASTEEL: ['Tata Steel'], TCS: ['TCS', 'Tata Consultancy'], TECHM: ['Tech Mahindra', 'TechM'], TITAN: ['Titan', 'Titan Company'],
  TVSMOTOR: ['TVS Motor', 'TVS'], ULTRACEMCO: ['UltraTech', 'UltraTech Cement'], UNIONBANK: ['Union Bank', 'Union Bank of India'], UNITDSPR: ['United Spirits', 'McDowell'], VEDL: ['Vedanta'], YESBANK: ['Yes Bank'], ZEEL: ['Zee', 'Zee Entertainment'], ZYDUSLIFE: ['Zydus', 'Cadila Healthcare', 'Zydus Cadila', 'Cadila'],
  NIFTY: ['Nifty', 'Nifty 50', 'Nifty50'], BANKNIFTY: ['Bank Nifty', 'Nifty Bank', 'BankNifty'], INDIAVIX: ['India VIX', 'VIX'],
};

/** Names that begin like a listed company's and are another body's; in free text they stand for no symbol. */
export const OTHER_BODIES: readonly string[] = [
  'Reserve Bank of India', 'Reserve Bank', 'Bank of America', 'Bank of England', 'Bank of Japan', 'Bank of Canada', 'Bank of Korea', 'Bank of China', 'Central Bank', 'European Central Bank', 'World Bank', 'Union Bank of Switzerland',
  'Export Import Bank of India', 'Government of India', 'Competition Commission of India', 'Securities and Exchange Board of India', 'National Stock Exchange', 'Bombay Stock Exchange', 'Life Insurance Council',
  'Reliance Capital', 'Reliance Communications', 'Reliance Home Finance', 'Reliance Naval', 'Reliance General', 'Reliance Mutual', 'Tata Group', 'Tata Sons', 'Adani Group', 'Birla Group', 'Mahindra Group', 'Bajaj Group', 'Vodafone Group',
  'SBI Mutual Fund', 'HDFC Mutual Fund', 'ICICI Prudential Mutual Fund', 'Kotak Mutual Fund', 'Kotak Securities', 'Kotak Institutional', 'HDFC Securities', 'HDFC Sec', 'ICICI Direct', 'ICICI Securities', 'ICICIdirect', 'SBI Securities', 'Axis Securities', 'Axis Capital', 'Axis Mutual Fund', 'IIFL Securities Research', 'Nirmal Bang',
  'Airtel Africa', 'Airtel Payments Bank', 'Kotak AMC', 'SBI Capital', 'Crisil Ratings', 'Morgan Stanley', 'Goldman Sachs', 'Jammu & Kashmir', 'Tamil Nadu', 'Larsen Group', 'Zee News', 'Zee Business', 'Titan Capital', 'Mahindra World City', 'Nestle SA', 'Siemens AG', 'HCL Infosystems', 'Indian Oil Corporation Adani',
];

/** Brokers that are listed themselves. At the end of a headline, behind a colon or `says`, they speak and are not spoken of: `Buy Tata Steel; target of Rs 200: ICICI Securities`. */
export const BROKERS: ReadonlySet<SymbolName> = new Set(['ISEC', 'IIFL', 'MOTILALOFS', 'EDELWEISS', 'ANGELONE', 'GEOJITFSL', 'JMFINANCIL', 'EMKAY', '5PAISA', 'PRUDENT', 'CHOICEIN', 'DOLATALGO', 'SMCGLOBAL', 'MONARCH', 'NUVAMA', 'ANANDRATHI', 'IIFLSEC', 'KHANDSE', 'VLSFINANCE']);

/** Tickers that papers mostly use for something else: an exchange, a rating agency. They need the company named around them. */
export const NEEDS_CONTEXT: ReadonlySet<string> = new Set(['BSE', 'MCX', 'NSE', 'ICRA', 'CRISIL', 'CARERATING', 'CARE', 'IEX', 'UTI', 'NIFTY', 'BANKNIFTY', 'INDIAVIX', 'SENSEX', 'STAR', 'APOLLO', 'GOLD', 'SILVER', 'RBA', 'PTC', 'DCM', 'TIL', 'PNC', 'TCI', 'ATL', 'SRM', 'BBL', 'DCI', 'PSB', 'GLOBAL', 'SCI', 'IPL', 'DEN', 'CCL', 'MEP', 'UFO', 'JHS']);
