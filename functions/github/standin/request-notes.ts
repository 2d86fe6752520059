/** One request that was answered; status 0 stands for none. Paths of the sign-in come without their query. */
export interface NotedRequest {
  method: string;
  path: string;
  status: number;
  authorization: 'none' | 'basic' | 'token';
}

/** A bounded list of the latest requests, oldest first. */
export interface RequestNotes {
  readonly list: readonly NotedRequest[];
  add(request: NotedRequest): void;
}

export function createRequestNotes(most: number): RequestNotes {
  const list: NotedRequest[] = [];
  return {
    list,
    add(request) {
      list.push(request);
      if (list.length > most) list.splice(0, list.length - most);
    },
  };
}
