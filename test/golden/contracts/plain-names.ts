/** What pages and the compiler once tripped over: names of the language, brands, types that hold themselves. */
import type { Events, Handlers, Snowflake } from 'shardwire/contract';

type Cents = number & { readonly __brand: 'Cents' };
type Language = ('de' | 'en') & { readonly __brand: 'Language' };

/** A table that holds itself. */
type Table = Map<string, Table | Date>;
type Group = Set<Group>;
type Chain = [string, Chain | null];

interface Number {
  Number: number;
  Array: string[];
  Infinity: Cents;
}

interface Price {
  amount: Cents;
  language: Language;
  by: Map<Snowflake, Cents>;
  place: `${Snowflake}-${Cents}`;
  note: string | void;
  aKeyThatCameFromTheHeadingsOfSomebodysSpreadsheetAndThatIsTooLongToStandOnALineWithItsType: string;
  aKeyThatCameFromTheHeadingsOfSomebodysSpreadsheetAndThatIsEvenLongerSoThatNothingElseCanStandOnItsLine: [];
}

export interface ContractHandlers extends Handlers {
  price(data: Number): Price;
  tables(data: Table): Group;
  chain(data: Chain): string | void;
}

export interface Record extends Events {
  priced: Price;
}
