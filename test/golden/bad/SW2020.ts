import type { Events, Handlers } from 'shardwire/contract';
import { Type, type Static } from 'typebox';

export const Profile = Type.Object({ name: Type.String({ minLength: 2 }), born: Type.Number() });
export const Plain = Type.Object({ name: Type.String() });

type ProfileData = Static<typeof Profile>;

interface Member extends Static<typeof Profile> {
  nick: string;
}

interface Guest extends Static<typeof Plain> {
  until: number;
}

export interface Guilds extends Handlers {
  rename(data: Partial<ProfileData>): Member;
  greet(data: Static<typeof Profile>['name']): ProfileData[];
  invite(data: Guest): ProfileData | null;
}

export interface GuildEvents extends Events {
  ranked: [first: Static<typeof Profile>, points: number];
  listed: Record<string, ProfileData>;
  known: { [id: string]: ProfileData };
}
