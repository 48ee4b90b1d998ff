export interface Guilds {
  getUserCount(): number;
}
