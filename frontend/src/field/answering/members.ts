// Who of a household is asked (户内抽样): docs/methods/draws.md, section 9. Anyone can repeat it.

export type Sex = "female" | "male";
export interface Member {
  call: string; // stays on the phone, and goes from it with the finished sheet
  age: number;
  sex: Sex;
}

export const ADULT = 18;
const LABEL = "wenming-member-1";
const SPAN = 1n << 64n;

// The oldest first, then women, then as typed.
export function householdOrder(members: Omit<Member, "call">[]): number[] {
  return members
    .map((_member, place) => place)
    .sort((a, b) => {
      const [one, other] = [members[a], members[b]];
      if (!one || !other) return 0;
      if (one.age !== other.age) return other.age - one.age;
      return one.sex === other.sex ? a - b : one.sex < other.sex ? -1 : 1;
    });
}

// The place in this order, from 0.
export async function drawnPlace(instance: string, size: number): Promise<number> {
  const fair = SPAN - (SPAN % BigInt(size));
  let digest = await hashed(new TextEncoder().encode(LABEL + instance.toLowerCase()));
  for (;;) {
    for (let word = 0; word < 4; word++) {
      const drawn = digest.getBigUint64(8 * word);
      if (drawn < fair) return Number(drawn % BigInt(size));
    }
    digest = await hashed(new Uint8Array(digest.buffer as ArrayBuffer));
  }
}

async function hashed(bytes: Uint8Array<ArrayBuffer>): Promise<DataView> {
  return new DataView(await crypto.subtle.digest("SHA-256", bytes));
}

export interface MemberDraw {
  size: number;
  place: number; // in the order, from 1
  typed: number; // in the list as typed, from 0
  draws: number; // how often this sheet drew
}

export async function draw(instance: string, members: Member[], draws: number): Promise<MemberDraw> {
  const place = await drawnPlace(instance, members.length);
  return { size: members.length, place: place + 1, typed: householdOrder(members)[place] ?? 0, draws };
}

// What goes along with the sheet: numbers and the person drawn, never a name.
export function drawnFacts(members: Member[], drawn: MemberDraw): Record<string, string> {
  const member = members[drawn.typed];
  return {
    members: String(drawn.size),
    member: String(drawn.place),
    member_age: String(member?.age ?? ""),
    member_sex: member?.sex ?? "",
    member_draws: String(drawn.draws),
  };
}
