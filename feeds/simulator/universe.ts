import { decimal } from '../../desk/decimal.ts';
import type { SymbolRecord } from '../../desk/market/types.ts';
import { tradingDate } from '../../desk/time.ts';

/** An invented company and how its share behaves. No name or symbol here is meant to be that of a real one. */
export interface Company {
  symbol: string;
  name: string;
  sector: string;
  industry: string;
  /** Rupees, at the start of history and where the price tends to. */
  basePrice: number;
  /** Rupees traded on an ordinary day, in crore (ten million). */
  turnoverCrore: number;
  beta: number;
  /** Own (neither market nor sector) volatility of a calm day, in percent. */
  ownVolatilityPercent: number;
  /** Shares outstanding, in crore. */
  sharesCrore: number;
  faceValue: number;
  listedYear: number;
}

/** symbol, name, industry, price ₹, turnover ₹ crore, beta, own volatility %, shares crore, face value ₹, listed. */
type Row = [string, string, string, number, number, number, number, number, number, number];

const SECTORS: Record<string, Row[]> = {
  'Financial Services': [
    ['MERUBANK', 'Meruvan Bank', 'Private Sector Bank', 1480, 1450, 1.05, 0.9, 620, 1, 1996],
    ['SANDHURA', 'Sandhura Bank', 'Public Sector Bank', 720, 980, 1.25, 1.2, 860, 1, 1997],
    ['DHANVEL', 'Dhanvel Capital', 'Non Banking Financial Company', 6240, 610, 1.35, 1.3, 61, 2, 2003],
    ['KAVERIYA', 'Kaveriya Finance', 'Housing Finance Company', 418, 155, 1.2, 1.5, 240, 10, 2009],
    ['TRIVENTA', 'Triventa Life Insurance', 'Life Insurance', 735, 240, 0.85, 1.1, 215, 10, 2017],
    ['LOKSETU', 'Loksetu Small Finance Bank', 'Other Bank', 96, 48, 1.3, 1.9, 190, 10, 2019],
  ],
  'Information Technology': [
    ['NAVOSYS', 'Navosys Technologies', 'Computers - Software & Consulting', 3760, 890, 0.75, 1.0, 362, 1, 2004],
    ['QUINTARA', 'Quintara Software', 'Computers - Software & Consulting', 1530, 940, 0.8, 1.1, 410, 5, 1995],
    ['ZENVATI', 'Zenvati Digital', 'Software Products', 5120, 280, 0.95, 1.7, 31, 10, 2010],
    ['PRAVIKA', 'Pravika Infosystems', 'Computers - Software & Consulting', 1180, 190, 0.9, 1.5, 88, 10, 2006],
    ['OKTALINE', 'Oktaline Systems', 'IT Enabled Services', 642, 74, 0.85, 1.8, 52, 10, 2012],
    ['HEXAVYN', 'Hexavyn Consulting', 'Computers - Software & Consulting', 288, 36, 0.9, 2.1, 60, 2, 2018],
  ],
  Healthcare: [
    ['AROGENIX', 'Arogenix Pharma', 'Pharmaceuticals', 1620, 420, 0.6, 1.1, 240, 1, 1994],
    ['SALVARA', 'Salvara Laboratories', 'Pharmaceuticals', 5890, 310, 0.55, 1.2, 17, 5, 2001],
    ['VEDAMRIT', 'Vedamrit Lifesciences', 'Pharmaceuticals', 742, 120, 0.65, 1.5, 84, 2, 2008],
    ['CURALYN', 'Curalyn Hospitals', 'Hospital', 6480, 215, 0.7, 1.3, 14, 5, 2005],
    ['NIDRAMED', 'Nidramed Devices', 'Medical Equipment & Supplies', 365, 34, 0.7, 2.0, 33, 10, 2020],
    ['BIOSAAR', 'Biosaar Biotech', 'Biotechnology', 312, 58, 0.8, 1.9, 118, 5, 2013],
  ],
  'Automobile and Auto Components': [
    ['RATHVEGA', 'Rathvega Motors', 'Passenger Cars & Utility Vehicles', 11200, 520, 0.95, 1.1, 30, 5, 2003],
    ['CHAKRONA', 'Chakrona Two Wheelers', 'Two/Three Wheelers', 4380, 330, 0.85, 1.2, 20, 2, 1998],
    ['TORVANTA', 'Torvanta Tractors', 'Tractors', 2860, 360, 1.0, 1.2, 124, 5, 1996],
    ['VOLTYAN', 'Voltyan Electric', 'Two/Three Wheelers', 78, 165, 1.4, 2.6, 430, 10, 2024],
    ['AXLEMIR', 'Axlemir Components', 'Auto Components & Equipments', 1340, 92, 1.05, 1.6, 46, 2, 2002],
    ['BRAKORA', 'Brakora Systems', 'Auto Components & Equipments', 516, 41, 1.0, 1.8, 39, 2, 2011],
  ],
  'Fast Moving Consumer Goods': [
    ['SWADISTA', 'Swadista Foods', 'Packaged Foods', 4920, 185, 0.5, 0.9, 24, 1, 1999],
    ['LUMORA', 'Lumora Home Care', 'Diversified FMCG', 2430, 410, 0.5, 0.8, 235, 1, 1995],
    ['CHAIVANA', 'Chaivana Beverages', 'Tea & Coffee', 1090, 115, 0.6, 1.1, 96, 1, 2000],
    ['GRAMIKA', 'Gramika Agro Foods', 'Edible Oil', 342, 62, 0.75, 1.7, 130, 1, 2021],
    ['DUGDHAM', 'Dugdham Dairy', 'Dairy Products', 276, 28, 0.65, 1.8, 27, 5, 2015],
    ['PEARLVED', 'Pearlved Personal Care', 'Personal Care', 618, 88, 0.6, 1.2, 129, 1, 2007],
  ],
  'Metals & Mining': [
    ['LOHAVANT', 'Lohavant Steel', 'Iron & Steel', 148, 870, 1.35, 1.4, 1240, 1, 1995],
    ['TAMRIKA', 'Tamrika Copper', 'Copper', 262, 210, 1.4, 1.8, 97, 5, 2004],
    ['ALUMIRA', 'Alumira Metals', 'Aluminium', 628, 460, 1.3, 1.5, 224, 1, 1998],
    ['KHANIJYA', 'Khanijya Minerals', 'Industrial Minerals', 234, 190, 1.1, 1.5, 293, 1, 2006],
    ['ZINCORA', 'Zincora Smelters', 'Zinc', 486, 130, 1.05, 1.4, 422, 2, 2010],
    ['FERROVYA', 'Ferrovya Alloys', 'Ferro & Silica Manganese', 172, 22, 1.2, 2.2, 29, 10, 2016],
  ],
  'Oil, Gas & Consumable Fuels': [
    ['OORJAYA', 'Oorjaya Petroleum', 'Refineries & Marketing', 2890, 1620, 1.0, 0.9, 676, 10, 1995],
    ['SAGARANT', 'Sagaranta Oil', 'Oil Exploration & Production', 268, 420, 1.05, 1.2, 1258, 5, 1996],
    ['REFINORA', 'Refinora Energy', 'Refineries & Marketing', 336, 310, 1.15, 1.4, 217, 10, 2001],
    ['DRAVIGAS', 'Dravigas Distribution', 'LPG/CNG/PNG/LNG Supplier', 204, 98, 0.8, 1.3, 150, 2, 2012],
    ['KOYLAVAN', 'Koylavan Coal', 'Coal', 452, 480, 0.9, 1.2, 616, 10, 2010],
    ['LUBRIKAN', 'Lubrikan Oils', 'Lubricants', 186, 25, 0.7, 1.4, 99, 5, 2002],
  ],
  Power: [
    ['VIDYUTRA', 'Vidyutra Power', 'Power Generation', 358, 540, 0.85, 1.1, 970, 10, 2004],
    ['GRIDORA', 'Gridora Transmission', 'Power - Transmission', 312, 390, 0.75, 1.0, 930, 10, 2007],
    ['SURYVOLT', 'Suryvolt Renewables', 'Power Generation', 1740, 350, 1.5, 2.3, 158, 10, 2018],
    ['PAVANIKA', 'Pavanika Wind', 'Power Generation', 58, 290, 1.45, 2.5, 1360, 2, 2005],
    ['JALORJA', 'Jalorja Hydro', 'Power Generation', 98, 120, 0.95, 1.7, 1004, 10, 2009],
    ['TAPONIX', 'Taponix Thermal', 'Integrated Power Utilities', 436, 260, 1.2, 1.5, 320, 1, 1999],
  ],
  'Capital Goods': [
    ['YANTRIKA', 'Yantrika Engineering', 'Heavy Electrical Equipment', 7180, 280, 1.1, 1.4, 21, 2, 1996],
    ['SETUVANT', 'Setuvant Projects', 'Civil Construction', 3540, 560, 1.1, 1.1, 137, 2, 2004],
    ['TURBINEX', 'Turbinex Heavy Works', 'Heavy Electrical Equipment', 282, 410, 1.4, 1.9, 348, 2, 1997],
    ['KAVACHIN', 'Kavachin Defence', 'Aerospace & Defense', 4260, 520, 1.2, 1.8, 67, 5, 2018],
    ['VAHINIKA', 'Vahinika Cables', 'Cables - Electricals', 6380, 240, 1.05, 1.6, 15, 10, 2019],
    ['PUMPORA', 'Pumpora Industries', 'Compressors, Pumps & Diesel Engines', 1460, 44, 0.9, 1.9, 14, 10, 2008],
  ],
  'Consumer Services': [
    ['HAATIKA', 'Haatika Retail', 'Diversified Retail', 3920, 330, 0.85, 1.3, 65, 10, 2017],
    ['BHOJANIX', 'Bhojanix Delivery', 'E-Retail/E-Commerce', 246, 760, 1.2, 2.0, 884, 1, 2021],
    ['SAFARIKA', 'Safarika Travel', 'Tour & Travel Related Services', 914, 145, 1.05, 1.7, 80, 2, 2019],
    ['VASTRANA', 'Vastrana Fashion', 'Speciality Retail', 1280, 175, 1.0, 1.6, 36, 1, 2014],
    ['KRIDAVEN', 'Kridaven Entertainment', 'Media & Entertainment', 1510, 68, 1.1, 1.9, 10, 10, 2006],
    ['SHIKSHYA', 'Shikshya Learning', 'Education', 388, 19, 0.8, 2.2, 22, 10, 2022],
  ],
};

export const COMPANIES: readonly Company[] = Object.entries(SECTORS).flatMap(([sector, rows]) =>
  rows.map(([symbol, name, industry, basePrice, turnoverCrore, beta, ownVolatilityPercent, sharesCrore, faceValue, listedYear]) => ({
    symbol,
    name,
    sector,
    industry,
    basePrice,
    turnoverCrore,
    beta,
    ownVolatilityPercent,
    sharesCrore,
    faceValue,
    listedYear,
  })),
);

/** The benchmark has the real one's symbol, so that the code has one name for it in every world; its name says what it is. */
export const INDEX_SYMBOL = 'NIFTY';
export const INDEX_BASE = 24_000;

const TICK = decimal('0.05');
/** Prices are counted in ticks inside the simulator; twenty ticks make a rupee. */
export const TICKS_PER_RUPEE = 20;

export const indexRecord: SymbolRecord = {
  symbol: INDEX_SYMBOL,
  exchange: 'NSE',
  name: 'Nifty (simulated index)',
  kind: 'INDEX',
  lotSize: 1,
  tickSize: TICK,
  aliases: ['Nifty', 'Nifty 50', 'Simulated index'],
};

/** What the exchange's list says of a company; a split changes its face value. */
export const symbolRecord = (company: Company, faceValue = company.faceValue): SymbolRecord => ({
  symbol: company.symbol,
  exchange: 'NSE',
  name: `${company.name} Ltd`,
  kind: 'EQUITY',
  series: 'EQ',
  sector: company.sector,
  industry: company.industry,
  lotSize: 1,
  tickSize: TICK,
  faceValue,
  listedOn: tradingDate(`${company.listedYear}-07-0${1 + (company.symbol.length % 7)}`),
  aliases: [company.name, company.name.split(' ')[0] ?? company.name],
});
